package io.cordon.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.alerts.PlaybookStarter;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Walks every state of a question to what comes next: somebody with a deadline, a timer, or another question. */
class ApprovalStatesTest extends PlayedCase {
  @Autowired PlaybookStarter news;

  @BeforeEach
  void ask() {
    openACase();
  }

  @ParameterizedTest
  @EnumSource(ApprovalState.class)
  void leadsFromEveryStateToANextStep(ApprovalState state) {
    String first = request().id();
    bringInto(state);
    settle();
    assertThat(requests.find(first).orElseThrow().state()).isEqualTo(state);
    assertThat(nextSteps(first)).containsAll(expected(state));
    assertThat(waitingOnNothing()).isEmpty();
  }

  private void bringInto(ApprovalState state) {
    switch (state) {
      case PENDING -> { }
      case HELD -> answer(Verdict.HOLD, PACS_APPROVER);
      case GRANTED -> answer(Verdict.APPROVE, PACS_APPROVER);
      case REJECTED -> answer(Verdict.REJECT, PACS_APPROVER);
      case EXPIRED -> letTheDeadlinePass();
      case WITHDRAWN -> withdrawal.withdraw(request().id(), SOC, "PROCEDURE_RUNNING");
      case VOIDED -> news.graver(caseId);
    }
  }

  private static List<String> expected(ApprovalState state) {
    return switch (state) {
      case PENDING, HELD -> List.of("timer boundaryEvent_deadline", "timer boundaryEvent_escalate");
      case GRANTED -> List.of("timer catchEvent_windowOpens");
      case REJECTED, EXPIRED -> List.of("task userTask_protectMeanwhile", "asked Clinical.Executive", "timer boundaryEvent_deadline");
      case WITHDRAWN -> List.of("task userTask_decideNext");
      case VOIDED -> List.of("asked Clinical.Approver", "timer boundaryEvent_deadline");
    };
  }

  private List<String> nextSteps(String first) {
    List<Task> open = tasks.createTaskQuery().processInstanceBusinessKey(caseId).list();
    assertThat(open).filteredOn(task -> !"userTask_decide".equals(task.getTaskDefinitionKey())).allMatch(task -> task.getDueDate() != null);
    List<String> steps = new ArrayList<>(open.stream().map(task -> "task " + task.getTaskDefinitionKey()).toList());
    steps.addAll(
        jdbc.sql(
                """
                select 'timer ' || d.act_id_ from act_ru_job j join act_ru_jobdef d on d.id_ = j.job_def_id_
                 join act_ru_execution e on e.id_ = j.process_instance_id_ where e.business_key_ = ? and j.duedate_ is not null""")
            .param(caseId)
            .query(String.class)
            .list());
    requests.ofCase(caseId).stream()
        .filter(other -> !other.id().equals(first) && other.state().isLive())
        .map(ApprovalRequest::approverRole)
        .forEach(role -> steps.add("asked " + role));
    return steps;
  }

  private List<String> waitingOnNothing() {
    return jdbc.sql(
            """
            select e.act_id_ from act_ru_execution e
             where not exists (select 1 from act_ru_execution c where c.parent_id_ = e.id_ or c.super_exec_ = e.id_)
               and not exists (select 1 from act_ru_task where execution_id_ = e.id_)
               and not exists (select 1 from act_ru_job where execution_id_ = e.id_)
               and not exists (select 1 from act_ru_ext_task where execution_id_ = e.id_)
               and not exists (select 1 from act_ru_incident where execution_id_ = e.id_)""")
        .query(String.class)
        .list();
  }

  @Test
  void asksNobodyElseAfterTheLastSaidNo() {
    answer(Verdict.REJECT, PACS_APPROVER);
    settle();
    answer(Verdict.REJECT, EXECUTIVE);
    settle();
    assertThat(requests.ofCase(caseId)).extracting(ApprovalRequest::state).containsExactly(ApprovalState.REJECTED, ApprovalState.REJECTED);
    assertThat(task("userTask_decideNext")).isNotNull();
    assertThat(task("userTask_protectMeanwhile")).isNotNull();
  }

  @Test
  void keepsTheProtectionOpenWhenTheNextPeopleAgree() {
    answer(Verdict.REJECT, PACS_APPROVER);
    settle();
    answer(Verdict.APPROVE, EXECUTIVE);
    settle();
    fireTimer("catchEvent_windowOpens");
    settle();
    assertThat(count("isolate")).isEqualTo(1);
    assertThat(task("userTask_protectMeanwhile")).isNotNull();
  }

  @Test
  void asksNobodyElseWhenTheSecondQuestionIsTakenBack() {
    letTheDeadlinePass();
    withdrawal.withdraw(request().id(), SOC, "PROCEDURE_RUNNING");
    settle();
    assertThat(requests.ofCase(caseId)).extracting(ApprovalRequest::state).containsExactly(ApprovalState.EXPIRED, ApprovalState.WITHDRAWN);
    assertThat(task("userTask_decideNext")).isNotNull();
  }
}
