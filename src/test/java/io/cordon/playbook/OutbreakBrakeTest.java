package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Decision;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.Seen;
import io.cordon.gate.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Many machines of one clinical service at once: asked once more with the number, and never a lock. */
class OutbreakBrakeTest extends PlayedCase {
  @Autowired Emergencies emergencies;

  private int others;

  @BeforeEach
  void alertComesIn() {
    openACase();
    clock.tick(Duration.ofSeconds(1));
  }

  @AfterEach
  void endTheOutbreak() {
    jdbc.sql("update incident_case set state = 'CLOSED' where id like 'c-other-%'").update();
  }

  @Test
  void asksNothingMoreUpToTheLimit() {
    granted("PACS");
    assertThat(confirm(0).code()).isEqualTo("GRANTED");
  }

  @Test
  void asksOnceMoreWithTheNumberAndBindsIt() {
    granted("PACS");
    granted("PACS");
    DecisionOutcome first = confirm(0);
    assertThat(first.code()).isEqualTo("MANY_AT_ONCE");
    assertThat(first.message()).contains("3 machines");
    assertThat(request().state()).isEqualTo(ApprovalState.PENDING);
    assertThat(confirm(2).code()).as("another number than there are").isEqualTo("MANY_AT_ONCE");
    assertThat(confirm(3).code()).isEqualTo("GRANTED");
    assertThat(entries(EvidenceType.APPROVAL_GRANTED)).singleElement().asString().contains("\"machinesAtOnce\":3");
    assertThat(entries(EvidenceType.DECISION_REFUSED)).hasSize(2);
  }

  @Test
  void bindsTheNumberInTheHash() {
    String without = hashAfter(0);
    startClean();
    openACase();
    clock.tick(Duration.ofSeconds(1));
    granted("PACS");
    granted("PACS");
    assertThat(hashAfter(3)).isNotEqualTo(without).hasSize(64);
  }

  private String hashAfter(int number) {
    assertThat(confirm(number).code()).isEqualTo("GRANTED");
    return request().decisionHash();
  }

  @Test
  void countsOnlyWhatIsIsolatedInTheServiceOrMayYetBe() {
    granted("PACS");
    granted("EHR");
    permit(granted("PACS"), "ISOLATE", "FAILED");
    permit(granted("PACS"), "ISOLATE", "NOT_SENT");
    permit(granted("PACS"), "UNISOLATE", "SUCCEEDED");
    jdbc.sql("update incident_case set state = 'CLOSED' where id = :id").param("id", "c-other-" + granted("PACS")).update();
    assertThat(confirm(0).code()).isEqualTo("GRANTED");
  }

  @Test
  void asksAgainWhenTheNumberRoseMeanwhile() {
    granted("PACS");
    granted("PACS");
    assertThat(confirm(0).message()).contains("3 machines");
    granted("PACS");
    assertThat(confirm(3).message()).contains("4 machines");
    assertThat(confirm(4).code()).isEqualTo("GRANTED");
  }

  @Test
  void asksNobodyTwiceInAnEmergency() {
    for (int machine = 0; machine < 5; machine++) {
      granted("PACS");
    }
    emergencies.declare(caseId, SOC, "RANSOMWARE_SPREADING", true);
    settle();
    assertThat(agree(SECURITY_LEAD).code()).isEqualTo("WAITS_FOR_SECOND");
    assertThat(agree(EXECUTIVE).code()).isEqualTo("GRANTED");
    settle();
    assertThat(count("isolate")).isEqualTo(1);
  }

  @Test
  void takesANoWithoutANumber() {
    granted("PACS");
    granted("PACS");
    assertThat(answer(Verdict.REJECT, PACS_APPROVER).code()).isEqualTo("REJECTED");
  }

  private DecisionOutcome confirm(int number) {
    return decisions.decide(
        new Decision(request().id(), request().requestRevision(), Verdict.APPROVE, null, clock.instant().plus(Duration.ofHours(1)),
            clock.instant().plus(Duration.ofHours(4)), ProcedureImpact.NONE_RUNNING, "THREAT_OUTWEIGHS_DOWNTIME", null, PACS_APPROVER,
            new Seen(null, null, number)));
  }

  /** Another machine of a service, in a case of its own, whose isolation was granted; returns its number. */
  private String granted(String service) {
    String other = getClass().getSimpleName().hashCode() + "-" + System.identityHashCode(this) + "-" + ++others;
    copy("incident_case", caseId, "{\"id\":\"c-other-%s\",\"mde_device_id\":\"other-%s\",\"clinical_service\":\"%s\"}".formatted(other, other, service));
    copy("plan", request().planId(), "{\"id\":\"p-other-%s\",\"case_id\":\"c-other-%s\",\"clinical_service\":\"%s\"}".formatted(other, other, service));
    jdbc.sql(
            """
            insert into plan_target select (jsonb_populate_record(null::plan_target, to_jsonb(t) || :change::jsonb)).*
              from plan_target t where plan_id = :plan""")
        .param("change", "{\"plan_id\":\"p-other-%s\",\"mde_device_id\":\"other-%s\"}".formatted(other, other))
        .param("plan", request().planId())
        .update();
    copy("approval_request", request().id(),
        "{\"id\":\"a-other-%s\",\"case_id\":\"c-other-%s\",\"plan_id\":\"p-other-%s\",\"state\":\"GRANTED\",\"clinical_service\":\"%s\"}"
            .formatted(other, other, other, service));
    return other;
  }

  private void copy(String table, String id, String change) {
    jdbc.sql("insert into %s select (jsonb_populate_record(null::%s, to_jsonb(t) || :change::jsonb)).* from %s t where id = :id".formatted(table, table, table))
        .param("change", change)
        .param("id", id)
        .update();
  }

  private void permit(String other, String action, String state) {
    jdbc.sql(
            """
            insert into execution_permit (id, case_id, approval_id, target_ordinal, action, attempt, mde_device_id, decision_hash, token, state,
                not_after, intent_stage, intended_at, settled_at)
            values (:id, 'c-other-' || :other, 'a-other-' || :other, 0, :action, 1, 'other-' || :other, 'h', :id, :state,
                '2026-03-01T00:00:00Z', gen_random_uuid(), '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z')""")
        .param("id", "x-" + action + "-" + other)
        .param("other", other)
        .param("action", action)
        .param("state", state)
        .update();
  }
}
