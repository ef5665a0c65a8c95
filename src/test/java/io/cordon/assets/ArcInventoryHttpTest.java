package io.cordon.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArcInventoryHttpTest {
  private static final String MDE_ID = "0123456789abcdef0123456789abcdef01234567";
  private static final String ARC_ID =
      "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/RG-PACS"
          + "/providers/Microsoft.HybridCompute/machines/pacs-gw-01";

  private final List<String> asked = new ArrayList<>();
  private List<Map<String, Object>> rows =
      List.of(Map.of(
          "id", ARC_ID, "name", "pacs-gw-01", "status", "Connected", "osSku", "Ubuntu 22.04", "fqdn", "pacs-gw-01.local",
          "ext", List.of(Map.of("t", "MDE.Linux", "s", "Succeeded"), Map.of("t", 7), "odd"),
          "tags", Map.of("MdeDeviceId", MDE_ID.toUpperCase(), "System", "PACS")));
  private final ArcInventory inventory =
      new ArcInventoryHttp(
          (subscriptions, kql, max) -> {
            asked.add(kql);
            return rows;
          },
          List.of("sub-1"));

  @Test
  void findsAMachineByItsArcIdIgnoringCase() {
    ArcMachine machine = inventory.byArcId(ARC_ID).get(0);

    assertThat(machine.arcId()).isEqualTo(ARC_ID.toLowerCase());
    assertThat(machine.mdeDeviceId()).isEqualTo(MDE_ID);
    assertThat(machine.tags()).containsEntry("System", "PACS");
    assertThat(machine.extensions()).isEqualTo(Map.of("MDE.Linux", "Succeeded"));
    assertThat(asked.get(0))
        .contains("microsoft.hybridcompute/machines")
        .contains("| where tolower(id) == '" + ARC_ID.toLowerCase() + "'");
  }

  @Test
  void findsMachinesByTheirMdeTag() {
    assertThat(inventory.byMdeDeviceId(MDE_ID)).hasSize(1);
    assertThat(asked.get(0)).contains("| where tags.MdeDeviceId =~ '" + MDE_ID + "'");
  }

  @Test
  void toleratesMissingTagsAndColumns() {
    rows = List.of(Map.of("id", ARC_ID));

    ArcMachine machine = inventory.byArcId(ARC_ID).get(0);

    assertThat(machine.mdeDeviceId()).isNull();
    assertThat(machine.status()).isEqualTo("Unknown");
    assertThat(machine.extensions()).isEmpty();
  }

  @Test
  void failsOnARowWithoutAnId() {
    rows = List.of(Map.of("name", "pacs-gw-01"));

    assertThatThrownBy(() -> inventory.byArcId(ARC_ID)).isInstanceOf(ArcUnavailable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pacs-gw-01", "/subscriptions/1/resourcegroups/a/providers/microsoft.compute/virtualmachines/x"})
  void refusesIdsThatAreNotArcMachines(String id) {
    assertThatThrownBy(() -> inventory.byArcId(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> inventory.byArcId(ARC_ID + "' or 'a' == 'a")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> inventory.byMdeDeviceId(MDE_ID + "'")).isInstanceOf(IllegalArgumentException.class);
    assertThat(asked).isEmpty();
  }
}
