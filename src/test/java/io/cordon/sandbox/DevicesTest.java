package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DevicesTest {
  private final Devices devices = new Devices();

  @Test
  void makesABulkMachineWhenAskedByName() {
    assertThat(devices.named("bulk-00042")).isPresent();
    assertThat(devices.named("bulk-00000")).isEmpty();
    assertThat(devices.named("bulk-100000")).isEmpty();
  }

  @Test
  void findsABulkMachineByItsIdsThoughNobodyAskedByName() {
    Devices.Device elsewhere = new Devices().named("bulk-00042").orElseThrow();
    assertThat(devices.byMdeId(elsewhere.mdeId.toUpperCase(Locale.ROOT)).orElseThrow().name).isEqualTo("bulk-00042");
    assertThat(new Devices().byArcId(elsewhere.arcId).orElseThrow().mdeId).isEqualTo(elsewhere.mdeId);
    assertThat(devices.byMdeId("0".repeat(35) + "00042")).isEmpty();
    assertThat(elsewhere.mdeId).matches("[0-9a-f]{40}");
  }

  @Test
  void keepsOneMachineWhenManyAskAtOnce() {
    int before = devices.all().size();
    long different = IntStream.range(0, 4000).parallel().mapToObj(i -> devices.named("bulk-%05d".formatted(1 + i % 100)).orElseThrow()).distinct().count();
    assertThat(different).isEqualTo(100);
    assertThat(devices.all()).hasSize(before + 100);
  }

  @Test
  void knowsTheAixMachineOnlyByName() {
    Devices.Device aix = devices.named("lis-aix-01").orElseThrow();
    assertThat(aix.os).startsWith("AIX");
    assertThat(aix.mdeId).isEmpty();
    assertThat(devices.byMdeId("")).isEmpty();
    assertThat(devices.byArcId("")).isEmpty();
  }
}
