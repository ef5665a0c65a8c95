package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.alerts.CaseOpening;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.testing.OutsideWorld;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A case that an analyst opens on a machine although no alert came. */
class CaseWithoutAlertTest extends PlayedCase {
  @Autowired CaseOpening opening;
  @Autowired Playbooks playbooks;

  @Test
  void goesThroughProofAndPolicyAndActsOnNothingByItself() {
    caseId = opening.open(OutsideWorld.ARC, SOC).caseId();
    settle();
    pump.flush();
    assertThat(evidence.entriesOfCase(caseId)).extracting(entry -> entry.type())
        .contains(EvidenceType.CASE_OPENED, EvidenceType.ASSET_RESOLVED, EvidenceType.POLICY_DECIDED)
        .doesNotContain(EvidenceType.ACTION_INTENT);
    assertThat(permits.ofCase(caseId)).isEmpty();
  }

  @Test
  void tellsNobodyOfAnAlert() {
    caseId = opening.open(OutsideWorld.ARC, SOC).caseId();
    settle();
    playbooks.launch(caseId, "containLinuxHost", SOC);
    settle();
    assertThat(outside.cards.toString()).contains("A security analyst opened this case without an alert").doesNotContain("raised an alert");
  }

  @Test
  void isNeverApprovedByWhoOpenedIt() {
    Person both = new Person("tenant", "both", "both", Set.of("Soc.Analyst", "Clinical.Approver"), Set.of("group-pacs"));
    caseId = opening.open(OutsideWorld.ARC, both).caseId();
    assertThat(requests.isRequester(caseId, "tenant", "both")).isTrue();
  }

  @Test
  void isOneForAMachine() {
    caseId = opening.open(OutsideWorld.ARC, SOC).caseId();
    assertThat(opening.open(OutsideWorld.ARC, SOC)).isEqualTo(new CaseOpening.Opened(caseId, false));
  }

  @Test
  void isANewOneWhereTheOldOnlyWaitsForAReview() {
    openACase();
    assertThat(opening.open(OutsideWorld.ARC, SOC)).isEqualTo(new CaseOpening.Opened(caseId, false));
    withdrawal.withdraw(request().id(), SOC, "PROCEDURE_RUNNING");
    settle();
    assertThat(task("userTask_decideNext")).isNotNull();
    assertThat(opening.open(OutsideWorld.ARC, SOC).isNew()).isTrue();
  }

  @Test
  void isNotTakenForMilderWhenAMildAlertJoins() {
    caseId = opening.open(OutsideWorld.ARC, SOC).caseId();
    settle();
    intake.take(new String(alert(), StandardCharsets.UTF_8).replace("High", "Informational").getBytes(StandardCharsets.UTF_8));
    assertThat(cases.find(caseId).orElseThrow().severity()).isEqualTo("UNKNOWN");
    intake.take(alert());
    assertThat(cases.find(caseId).orElseThrow().severity()).isEqualTo("High");
  }

  @Test
  void isOpenedByNobodyButAnAnalyst() {
    assertThatThrownBy(() -> opening.open(OutsideWorld.ARC, PACS_APPROVER)).isInstanceOf(IllegalArgumentException.class);
  }
}
