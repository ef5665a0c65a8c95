package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.evidence.EvidenceType;
import io.cordon.gate.Verdict;
import io.cordon.platform.azure.HuntsFailed;
import io.cordon.platform.database.Claims;
import io.cordon.platform.sealed.SealedItem;
import io.cordon.platform.sealed.SealedStore;
import io.cordon.platform.time.SqlTime;
import io.cordon.posture.hunts.HuntRounds;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.PlayedHunting;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is looked for in Defender's tables around an isolation, while the case goes its way. */
class ActionHuntsTest extends PlayedCase {
  @Autowired HuntRounds rounds;
  @Autowired PlayedHunting graph;
  @Autowired SealedStore sealed;

  @BeforeEach
  void isolateAMachine() {
    jdbc.sql("delete from action_hunt").update();
    graph.reset();
    openACase();
    assertThat(answer(Verdict.APPROVE, PACS_APPROVER).code()).isEqualTo("GRANTED");
    settle();
    fireTimer("catchEvent_windowOpens");
    settle();
    assertThat(task("userTask_releaseHost")).isNotNull();
  }

  @Test
  void countsBeforeAndAfterAndSealsTheRows() {
    graph.row = query -> query.contains("summarize changes") ? "{\"area\":\"ssh\",\"changes\":4}"
        : query.contains("FolderPath") ? "{\"FolderPath\":\"/opt/pacs/zyxmann_quirina\"}" : "{}";
    assertThat(rounds.runDue()).as("Defender's tables are not complete yet").isFalse();
    clock.tick(Duration.ofMinutes(15));
    makeAllDue();
    assertThat(entries(EvidenceType.HUNT_RECORDED)).hasSize(3).allMatch(entry -> entry.contains("BEFORE"))
        .anyMatch(entry -> entry.contains("\"ssh\":4") && entry.contains("hunt-rows")).noneMatch(entry -> entry.contains("quirina"));
    assertThat(sealed.ofCase(caseId)).extracting(SealedItem::kind).contains("hunt-rows");
    clock.tick(Duration.ofHours(1));
    makeAllDue();
    assertThat(entries(EvidenceType.HUNT_RECORDED)).hasSize(6);
    assertThat(graph.queries).allMatch(query -> query.contains("DeviceId == \"" + OutsideWorld.MACHINE + "\"") && query.contains("Timestamp between"));
    assertThat(rounds.runDue()).as("each is made once").isFalse();
  }

  @Test
  void goesOnWhereHuntingIsNotPermitted() {
    graph.row = query -> {
      throw HuntsFailed.status(403, null);
    };
    clock.tick(Duration.ofHours(2));
    makeAllDue();
    assertThat(graph.queries).as("asked once before and once after").hasSize(2);
    assertThat(entries(EvidenceType.HUNT_RECORDED)).hasSize(2).allMatch(entry -> entry.contains("NOT_PERMITTED"))
        .anyMatch(entry -> entry.contains("BEFORE")).anyMatch(entry -> entry.contains("AFTER"));
    complete("userTask_releaseHost", SECURITY_LEAD, Map.of("reasonCode", "CLEANED"));
    assertThat(count("unisolate")).isEqualTo(1);
  }

  @Test
  void waitsAsLongAsTheQuotaIsUsedUp() {
    graph.row = query -> {
      throw HuntsFailed.status(429, Duration.ofMinutes(3));
    };
    clock.tick(Duration.ofMinutes(15));
    makeAllDue();
    assertThat(graph.queries).as("the quota is the tenant's").hasSize(1);
    clock.tick(Duration.ofMinutes(3).minusSeconds(1));
    assertThat(rounds.runDue()).isFalse();
    graph.row = query -> "{}";
    clock.tick(Duration.ofSeconds(1));
    makeAllDue();
    assertThat(entries(EvidenceType.HUNT_RECORDED)).hasSize(3).allMatch(entry -> entry.contains("COUNTED"));
  }

  @Test
  void waitsNoLongerThanIsSensible() {
    graph.row = query -> {
      throw HuntsFailed.status(429, Duration.ofDays(300));
    };
    clock.tick(Duration.ofMinutes(15));
    assertThat(rounds.runDue()).isTrue();
    graph.row = query -> "{}";
    clock.tick(Duration.ofMinutes(15));
    makeAllDue();
    assertThat(entries(EvidenceType.HUNT_RECORDED)).hasSize(3).allMatch(entry -> entry.contains("COUNTED"));
  }

  @Test
  void givesUpAfterFiveFailuresAndSaysSo() {
    graph.row = query -> {
      throw HuntsFailed.status(503, null);
    };
    clock.tick(Duration.ofMinutes(15));
    for (int i = 0; i < 5; i++) {
      makeAllDue();
      clock.tick(Duration.ofMinutes(5));
    }
    assertThat(entries(EvidenceType.HUNT_RECORDED)).hasSize(3).allMatch(entry -> entry.contains("FAILED") && entry.contains("STATUS_503"));
    assertThat(graph.queries).hasSize(15);
  }

  @Test
  void leavesAHuntToTheNodeThatMakesIt() {
    clock.tick(Duration.ofMinutes(15));
    jdbc.sql("update action_hunt set claimed_by = 'another', claimed_until = ?").param(SqlTime.of(clock.instant().plus(Claims.LASTS))).update();
    assertThat(rounds.runDue()).isFalse();
    clock.tick(Claims.LASTS);
    assertThat(rounds.runDue()).as("that node died").isTrue();
  }

  private void makeAllDue() {
    while (rounds.runDue()) {
      assertThat(graph.queries).hasSizeLessThan(50);
    }
  }
}
