package io.cordon.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.gate.PlanChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {
  @Test
  void saysNothingWhenNothingChanged() {
    assertThat(Wording.changed(List.of())).isEmpty();
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
