package io.cordon.platform.phi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is ours passes whatever its digits read as, and what is not ours does not pass beside it. */
class OutgoingNetTest {
  private static final String CONSOLE = "https://cordon.hospital.example";
  /** Its digits read as a birthday. */
  private static final String ID = "a-0198f2a1b3c4d5e6f19991231e2f3a45";
  private static final PatientDataNet RULES = new PatientDataNet(Map.of());

  private final OutgoingNet net = OutgoingNet.of(Map.of("HOSPITAL_NUMBER", "\\d{7}"), CONSOLE, new SimpleMeterRegistry());

  static Stream<String> pages() {
    return Stream.of(
            "tier-1", "tier-2-again-3", "second", "again", "last-call-security-1", "emergency-security-12", "emergency-tier-1-2", "release-security-2-96", "release-14",
            "signs", "overdue")
        .map(stage -> "cordon/" + ID + "/" + stage);
  }

  @ParameterizedTest
  @MethodSource("pages")
  @ValueSource(strings = {"cordon/evidence/SIGNER_HALTED", "cordon/evidence/ANCHORS_LATE", "/x/" + ID})
  void passesTheKeyOfEveryPage(String key) {
    assertThat(RULES.check(key)).as("what the rules alone think of it").contains(new Hit("PATH"));
    passes(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cordon:x-01234567890123456789012345678901 isolate", "Case c-19991231199912311999123119991231, request a-01234567890123456789012345678901.",
        "cordon/digest/PACS/29912345", CONSOLE + "/cases/c-01234567890123456789012345678901", "R0ABCDEFGHIJMRN5678901234567890Z"
      })
  void passesOurIdsInEveryTextThoughTheHospitalsOwnNumbersHaveNoBounds(String text) {
    passes(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Location/20250101", "Location/2025551234", "Location/1234567893,Location/3d5c1b2a-0d1e-4f6a-9b8c-351e4b65351e"})
  void passesThePlacesWhoseEncountersAreCounted(String places) {
    passes(places);
  }

  @Test
  void passesEveryOrderToStopAProcessWheneverThatBegan() {
    var orders = LongStream.range(1_795_000_000, 1_795_000_100).mapToObj(start -> "--pid 4211 --start " + start + " --sha256 " + "ab".repeat(32)).toList();

    assertThat(orders.stream().filter(order -> RULES.check(order).isPresent())).as("what the rules alone think of them").hasSize(10);
    orders.forEach(order -> {
      passes(order);
      passes(order + " --protect postgres,dcm4chee-arc");
    });
  }

  @Test
  void readsNoNameInTheHexOfAHostOrAGuid() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      String host = "pacs-node-%08x".formatted(random.nextInt());
      assertThat(RULES.check(host + " (PACS)").filter(new Hit("DICOM_NAME")::equals)).as(host).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cordon/" + ID + "/MRN-4711234", "Patient/" + ID, "cordon/DOE_JOHN/tier-1", "cordon/evidence/doe_john", "4711234 " + ID, ID + "1234567",
        "--pid 4211 --start 1795000003 --sha256 ab", "Location/1,Patient/2", "Location/1 4711234", "https://elsewhere.example/cases/19991231"
      })
  void holdsBackWhatStandsBesideIt(String text) {
    assertThatThrownBy(() -> net.pass("test", "send", TextNode.valueOf(text))).isInstanceOf(PatientDataFound.class);
  }

  private void passes(String text) {
    assertThatCode(() -> net.pass("test", "send", TextNode.valueOf(text))).as(text).doesNotThrowAnyException();
  }
}
