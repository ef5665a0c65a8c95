package io.cordon.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.gate.Quorum.Yes;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuorumTest {
  private static final Yes NURSE = new Yes("t", "nurse", "Clinical.Approver");
  private static final Yes LEAD = new Yes("t", "lead", "Security.Lead");

  @Test
  void needsAYes() {
    assertThat(Quorum.isReached(List.of(), 1)).isFalse();
    assertThat(Quorum.isReached(List.of(NURSE), 1)).isTrue();
  }

  @Test
  void needsTwoPeople() {
    assertThat(Quorum.isReached(List.of(NURSE), 2)).isFalse();
    assertThat(Quorum.isReached(List.of(NURSE, new Yes("t", "nurse", "Security.Lead")), 2)).isFalse();
    assertThat(Quorum.isReached(List.of(NURSE, LEAD), 2)).isTrue();
  }

  @Test
  void needsTwoRoles() {
    assertThat(Quorum.isReached(List.of(NURSE, new Yes("t", "colleague", "Clinical.Approver")), 2)).isFalse();
  }

  @Test
  void takesOneObjectIdInTwoTenantsForTwoPeople() {
    assertThat(Quorum.isReached(List.of(NURSE, new Yes("u", "nurse", "Security.Lead")), 2)).isTrue();
  }
}
