package io.cordon.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.gate.PlanChange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
  @Test
  void saysNothingWhenNothingChanged() {
    assertThat(Wording.changed(List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Defender for Endpoint,Defender for Endpoint raised an alert",
    "Defender for Cloud,Defender for Cloud raised an alert",
    "Sentinel analytics rule,A Sentinel analytics rule raised an alert",
    "Other,A product without a name in Cordon raised an alert"
  })
  void namesWhatRaisedTheAlert(String detector, String words) {
    assertThat(Wording.why(detector)).startsWith(words);
  }

  @Test
  void speaksOfNoAlertWhereNoneWasRaised() {
    assertThat(Wording.why("UNKNOWN")).isEqualTo("A security analyst opened this case without an alert");
    assertThat(Wording.why("Cordon")).contains("isolated in the Defender portal").doesNotContain("alert");
  }

  @Test
  void countsMachinesAndNamesTheRest() {
    assertThat(
            Wording.changed(
                List.of(
                    new PlanChange("/severity", "Medium", "High"), new PlanChange("/machines/a", null, "/arc"), new PlanChange("/machines/b", "/arc", null),
                    new PlanChange("/machines/c", "/arc", null))))
        .isEqualTo(". Asked anew, changed: machines 1 more, 2 fewer; severity Medium to High");
  }
}
