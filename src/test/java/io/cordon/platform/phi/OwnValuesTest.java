package io.cordon.platform.phi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnValuesTest {
  private final OwnValues own = new OwnValues("https://cordon.hospital.example");

  @ParameterizedTest
  @ValueSource(strings = {
      "tier-1", "tier-2-again-3", "second", "again", "last-call-security-1", "emergency-security-12", "emergency-tier-1-2", "release-security-2-96", "release-14", "signs", "overdue"})
  void knowsTheKeyOfEveryPageWhateverTheDigitsOfItsId(String stage) {
    String key = "cordon/a-0198f2a1b3c4d5e6f19991231e2f3a45/" + stage;

    assertThat(new PatientDataNet(Map.of()).check(key)).as("what the net thinks of it").contains(new Hit("PATH"));
    assertThat(own.isOne(key)).isTrue();
  }

  @Test
  void knowsTheOrderToStopAProcessWheneverThatBegan() {
    PatientDataNet net = new PatientDataNet(Map.of());
    List<String> orders = LongStream.range(1_795_000_000, 1_795_000_100).mapToObj(start -> "--pid 4211 --start " + start + " --sha256 " + "ab".repeat(32)).toList();

    assertThat(orders.stream().filter(order -> net.check(order).isPresent())).as("what the net thinks of them").hasSize(10);
    assertThat(orders).allMatch(own::isOne).allMatch(order -> own.isOne(order + " --protect postgres,dcm4chee-arc"));
  }

  @Test
  void knowsThePagesOfTheConsole() {
    assertThat(own.isOne("https://cordon.hospital.example/cases/c-0198f2a1b3c4d5e6f19991231e2f3a45")).isTrue();
    assertThat(own.isOne("https://elsewhere.example/cases/c-0198f2a1b3c4d5e6f19991231e2f3a45")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "cordon/a-0198f2a1b3c4d5e6f19991231e2f3a45/doe-john-19600102", "cordon/doe_john/tier-1", "cordon/a-0198f2a1b3c4d5e6f19991231e2f3a45/tier-1 MRN 4711",
      "cordon/a-0198f2a1b3c4d5e6f19991231e2f3a45/", "x cordon/a-0198f2a1b3c4d5e6f19991231e2f3a45/tier-1",
      "--pid 4211 --start 1795000003 --sha256 ab", "--pid 4211 --start 1795000003"})
  void knowsNothingElse(String value) {
    assertThat(own.isOne(value)).isFalse();
  }
}
