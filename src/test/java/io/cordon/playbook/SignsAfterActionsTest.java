package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.assets.register.RegisterField;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.signs.FollowUps;
import io.cordon.containment.signs.SignWatch;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.Verdict;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.RegisteredMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is seen of a machine from other sides after Defender said that it was isolated or released. */
class SignsAfterActionsTest extends PlayedCase {
  private static final Duration ISOLATED_WITHIN = Duration.ofMinutes(45);
  private static final Duration RELEASED_WITHIN = Duration.ofMinutes(20);
  private static final Duration AGAIN = Duration.ofMinutes(5);
  private static final Duration AGAIN_IN_DOUBT = Duration.ofMinutes(30);

  @Autowired SignWatch watch;
  @Autowired FollowUps followUps;

  @BeforeEach
  void isolate() {
    jdbc.sql("delete from action_follow_up").update();
    jdbc.sql("update execution_permit set settled_at = settled_at - interval '2 days' where settled_at is not null").update();
    // of two permits the later one has the greater id, by millisecond
    clock.tick(Duration.ofSeconds(1));
    openACase();
    assertThat(answer(Verdict.APPROVE, PACS_APPROVER).code()).isEqualTo("GRANTED");
    settle();
    fireTimer("catchEvent_windowOpens");
    settle();
    assertThat(task("userTask_releaseHost")).isNotNull();
  }

  @Test
  void recordsAnIsolationOnceThatArcAndTheSensorBearOut() {
    assertThat(watch.runDue()).isEqualTo(1);
    assertThat(seen()).as("Arc does not know yet").isEmpty();
    assertThat(watch.runDue()).as("not again at once").isZero();
    outside.arcStatus = "Disconnected";
    clock.tick(AGAIN);
    assertThat(watch.runDue()).isEqualTo(1);
    assertThat(seen()).singleElement().asString().contains("AFTER_ISOLATION", "AS_EXPECTED", "SENSOR_REPORTING", "ARC_DISCONNECTED", OutsideWorld.MACHINE);
    clock.tick(ISOLATED_WITHIN);
    assertThat(watch.runDue()).as("settled").isZero();
    assertThat(signPages()).isEmpty();
  }

  @Test
  void pagesWhenAMachineStaysOnTheNetworkAndDoesNothingElse() {
    clock.tick(ISOLATED_WITHIN);
    watch.runDue();
    assertThat(seen()).singleElement().asString().contains("CONTRADICTED", "ARC_CONNECTED");
    assertThat(signPages()).hasSize(1);
    assertThat(followUps.doubtful()).isEqualTo(1);
    for (int look = 0; look < 4; look++) {
      clock.tick(Duration.ofHours(1));
      watch.runDue();
    }
    assertThat(seen()).as("nothing new").hasSize(1);
    assertThat(count("isolate")).isEqualTo(1);
    assertThat(count("unisolate")).isZero();
    outside.arcStatus = "Disconnected";
    clock.tick(Duration.ofHours(1));
    watch.runDue();
    assertThat(seen()).hasSize(2).last().asString().contains("AS_EXPECTED");
    assertThat(signPages()).as("taken back").isEmpty();
    assertThat(followUps.doubtful()).isZero();
  }

  @Test
  void takesNoAnswerForNoGoodOne() {
    outside.arcIsDown = true;
    outside.isDown = "machine"::equals;
    clock.tick(ISOLATED_WITHIN);
    watch.runDue();
    assertThat(seen()).singleElement().asString().contains("NOT_SEEN", "ARC_UNKNOWN", "SENSOR_UNKNOWN");
    assertThat(signPages()).hasSize(1);
  }

  @Test
  void pagesLaterWhatPagerDutyDidNotTake() {
    outside.pagerDutyIsDown = true;
    clock.tick(ISOLATED_WITHIN);
    watch.runDue();
    assertThat(followUps.doubtful()).as("the console says so meanwhile").isEqualTo(1);
    assertThat(signPages()).isEmpty();
    outside.pagerDutyIsDown = false;
    clock.tick(AGAIN);
    watch.runDue();
    assertThat(signPages()).hasSize(1);
    assertThat(seen()).hasSize(1);
  }

  @Test
  void provesThatAReleasedMachineAndItsServiceAreBack() throws IOException {
    try (ServerSocket dicom = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      probes("tcp://127.0.0.1:" + dicom.getLocalPort());
      release();
      watch.runDue();
    }
    assertThat(seen()).singleElement().asString().contains("AFTER_RELEASE", "AS_EXPECTED", "SENSOR_REPORTING", "ARC_CONNECTED", "PROBE_ANSWERED");
    assertThat(signPages()).isEmpty();
  }

  @Test
  void pagesWhenTheServiceOfAReleasedMachineDoesNotComeBack() throws IOException {
    int port;
    try (ServerSocket freed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = freed.getLocalPort();
    }
    probes("tcp://127.0.0.1:" + port);
    release();
    watch.runDue();
    assertThat(seen()).as("it may still be starting").isEmpty();
    clock.tick(RELEASED_WITHIN);
    watch.runDue();
    assertThat(seen()).singleElement().asString().contains("AFTER_RELEASE", "UNHEALTHY", "PROBE_SILENT");
    assertThat(signPages()).hasSize(1);
  }

  @Test
  void looksNoMoreAtAnIsolationThatWasEnded() {
    clock.tick(ISOLATED_WITHIN);
    watch.runDue();
    assertThat(signPages()).hasSize(1);
    release();
    clock.tick(AGAIN_IN_DOUBT);
    watch.runDue();
    assertThat(signPages()).isEmpty();
    assertThat(followUps.doubtful()).isZero();
  }

  @Test
  void takesArcsWordForAReleasedMachineOnlyOnceItIsOfAfterTheRelease() {
    release();
    for (int minutes = 0; minutes < 30; minutes += 5) {
      watch.runDue();
      assertThat(seen()).as("Arc says Connected of a machine that has been gone for minutes").isEmpty();
      assertThat(signPages()).isEmpty();
      clock.tick(AGAIN);
    }
    watch.runDue();
    assertThat(seen()).singleElement().asString().contains("AFTER_RELEASE", "AS_EXPECTED", "ARC_CONNECTED", "PROBE_NONE");
  }

  @Test
  void leavesAMachineAloneWhileItIsBeingReleasedAndLooksOnWhenThatFails() {
    clock.tick(ISOLATED_WITHIN);
    String release = "x-zzzzzzzz";
    jdbc.sql(
            """
            insert into execution_permit (id, case_id, approval_id, target_ordinal, action, attempt, mde_device_id, decision_hash, token, state, not_after, intent_stage, intended_at)
            select :id, case_id, approval_id, target_ordinal, 'UNISOLATE', 1, mde_device_id, decision_hash, :id, 'SENDING', not_after, gen_random_uuid(), intended_at
              from execution_permit where case_id = :case""")
        .param("id", release)
        .param("case", caseId)
        .update();
    watch.runDue();
    assertThat(seen()).isEmpty();
    jdbc.sql("update execution_permit set state = 'FAILED', settled_at = intended_at where id = ?").param(release).update();
    clock.tick(AGAIN);
    watch.runDue();
    assertThat(seen()).singleElement().asString().contains("CONTRADICTED");
  }

  @Test
  void looksNoMoreOnceTheCaseIsOverThoughDefenderDidNotReleaseTheMachine() {
    clock.tick(ISOLATED_WITHIN);
    watch.runDue();
    assertThat(signPages()).hasSize(1);
    outside.nextStatus = MachineAction.FAILED;
    release();
    complete("userTask_releaseByHand", SECURITY_LEAD, Map.of("finding", "RELEASED"));
    assertThat(cases.find(caseId).orElseThrow().state()).isEqualTo("CLOSED");
    clock.tick(AGAIN_IN_DOUBT);
    watch.runDue();
    assertThat(signPages()).isEmpty();
    assertThat(followUps.doubtful()).isZero();
  }

  @Test
  void takesAPageBackThoughPagerDutyWasAwayWhenAllWasWell() {
    clock.tick(ISOLATED_WITHIN);
    watch.runDue();
    outside.arcStatus = "Disconnected";
    outside.pagerDutyIsDown = true;
    clock.tick(AGAIN_IN_DOUBT);
    watch.runDue();
    assertThat(seen()).hasSize(2).last().asString().contains("AS_EXPECTED");
    assertThat(signPages()).as("could not be taken back").hasSize(1);
    outside.pagerDutyIsDown = false;
    watch.runDue();
    assertThat(signPages()).isEmpty();
  }

  @Test
  void tellsAgainWhenADoubtChangesThoughThatPageFailsAtFirst() {
    clock.tick(ISOLATED_WITHIN);
    watch.runDue();
    outside.arcIsDown = true;
    outside.pagerDutyIsDown = true;
    clock.tick(AGAIN_IN_DOUBT);
    watch.runDue();
    assertThat(seen()).hasSize(2).last().asString().contains("NOT_SEEN");
    outside.pagerDutyIsDown = false;
    clock.tick(AGAIN);
    watch.runDue();
    assertThat(jdbc.sql("select paged_verdict from action_follow_up").query(String.class).single()).isEqualTo("NOT_SEEN");
    assertThat(seen()).hasSize(2);
  }

  @Test
  void looksForAWeekAtMostAndLeavesThePageWithWhoeverHasIt() {
    clock.tick(ISOLATED_WITHIN);
    watch.runDue();
    clock.tick(Duration.ofDays(7));
    assertThat(watch.runDue()).isEqualTo(1);
    clock.tick(Duration.ofDays(1));
    assertThat(watch.runDue()).isZero();
    assertThat(signPages()).hasSize(1);
    assertThat(followUps.doubtful()).isZero();
    release();
    watch.runDue();
    assertThat(signPages()).as("the machine is no longer isolated").isEmpty();
  }

  @Test
  void looksAtNothingThatWasHeldBack() {
    jdbc.sql(
            """
            insert into held_action (id, case_id, type, machine_id, comment, held_at)
            select mde_action_id, case_id, 'Isolate', mde_device_id, 'x', settled_at from execution_permit where case_id = :case""")
        .param("case", caseId)
        .update();
    assertThat(watch.runDue()).isZero();
  }

  private void probes(String address) {
    RegisteredMachine.asDevelopment(jdbc);
    assertThat(RegisterField.SERVICE_PROBE.isSafety()).as("two people name what is asked").isTrue();
    jdbc.sql("update asset_register set service_probe = :address where arc_id = :arc").param("address", address).param("arc", OutsideWorld.ARC).update();
  }

  private void release() {
    clock.tick(Duration.ofSeconds(1));
    complete("userTask_releaseHost", SECURITY_LEAD, Map.of("reasonCode", "CLEANED"));
    assertThat(count("unisolate")).isEqualTo(1);
  }

  private List<String> seen() {
    return entries(EvidenceType.POSTURE_RECORDED);
  }

  private List<String> signPages() {
    return outside.openPages.stream().filter(page -> page.startsWith("cordon/" + caseId + "/signs-")).toList();
  }
}
