package io.cordon.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlanChangesTest {
  private static final String BEFORE =
      """
      {"action":"ISOLATE","bounds":{"maxIsolationHours":4,"release":"BY_HAND"},"targets":[{"arc":"/a","mde":"m1"},{"arc":"/b","mde":"m2"}]}""";

  @Test
  void saysNothingOfTheSamePlan() {
    assertThat(PlanChanges.between(BEFORE, BEFORE)).isEmpty();
  }

  @Test
  void takesMachinesInAnotherOrderForTheSame() {
    String now = BEFORE.replace("{\"arc\":\"/a\",\"mde\":\"m1\"},{\"arc\":\"/b\",\"mde\":\"m2\"}", "{\"arc\":\"/b\",\"mde\":\"m2\"},{\"arc\":\"/a\",\"mde\":\"m1\"}");
    assertThat(PlanChanges.between(BEFORE, now)).isEmpty();
  }

  @Test
  void namesMachinesThatCameAndWent() {
    assertThat(PlanChanges.between(BEFORE, BEFORE.replace("/b", "/c").replace("m2", "m3")))
        .containsExactly(new PlanChange("/machines/m2", "/b", null), new PlanChange("/machines/m3", null, "/c"));
  }

  @Test
  void pointsAtAValueThatChanged() {
    assertThat(PlanChanges.between(BEFORE, BEFORE.replace(":4", ":8")))
        .containsExactly(new PlanChange("/bounds/maxIsolationHours", "4", "8"));
  }
}
