package io.cordon.web.console;

import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.Decision;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.Verdict;
import io.cordon.platform.people.Person;
import io.cordon.playbook.Filled;
import io.cordon.playbook.FormField;
import io.cordon.playbook.TaskForm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The questions of the approval page, and how what was typed becomes an answer. */
final class ApprovalForm {
  private static final String APPROVE = Verdict.APPROVE.name();
  private static final Set<String> ALWAYS = Set.of("verdict", "reasonCode", "comment");

  private final List<FormField> all;
  private final Times times;
  private final Clock clock;

  ApprovalForm(List<FormField> all, Times times, Clock clock) {
    this.all = all;
    this.times = times;
    this.clock = clock;
  }

  List<FormField> questions() {
    return all;
  }

  /** What every answer says; nobody has to choose a window to say no. */
  List<FormField> firstQuestions() {
    return all.stream().filter(field -> "verdict".equals(field.key())).toList();
  }

  /** What only a yes says; empty when Clinical Ops already chose the window and a second person confirms it. */
  List<FormField> questionsOfAYes(ApprovalRequest request) {
    return windowIsChosen(request)
        ? List.of()
        : all.stream().filter(field -> !field.key().isEmpty() && !ALWAYS.contains(field.key())).map(field -> field.require(false)).toList();
  }

  List<FormField> lastQuestions() {
    return all.stream().filter(field -> ALWAYS.contains(field.key()) && !"verdict".equals(field.key())).toList();
  }

  /** Checks what was posted as far as its verdict asks for it. */
  Filled filled(ApprovalRequest request, Map<String, String> posted) {
    boolean yes = APPROVE.equals(posted.get("verdict")) && !windowIsChosen(request);
    boolean later = "AT".equals(posted.get("windowChoice"));
    return new TaskForm(
            all.stream()
                .filter(field -> ALWAYS.contains(field.key()) || (yes && (later || !"windowFrom".equals(field.key()))))
                .map(field -> field.require(!"comment".equals(field.key())))
                .toList())
        .filled(posted);
  }

  /** The answer; {@code values} passed {@link #filled}. */
  Decision decision(ApprovalRequest request, int revision, Map<String, String> values, Person person) {
    Verdict verdict = Verdict.valueOf(values.get("verdict"));
    Instant from = null;
    Instant to = null;
    Instant backBy = null;
    ProcedureImpact impact = null;
    if (verdict == Verdict.APPROVE && windowIsChosen(request)) {
      from = request.windowFrom().isAfter(clock.instant()) ? request.windowFrom() : null;
      to = request.windowTo();
      backBy = request.backBy();
      impact = request.procedureImpact();
    } else if (verdict == Verdict.APPROVE) {
      from = "AT".equals(values.get("windowChoice")) ? times.read(values.get("windowFrom")) : null;
      Instant start = from == null ? clock.instant() : from;
      to = start.plus(Duration.ofMinutes(Integer.parseInt(values.get("windowMinutes"))));
      backBy = start.plus(Duration.ofHours(Integer.parseInt(values.get("backByHours"))));
      impact = ProcedureImpact.valueOf(values.get("procedureImpact"));
    }
    return new Decision(
        request.id(), revision, verdict, from, to, backBy, impact, values.get("reasonCode"), values.get("comment"), person);
  }

  private static boolean windowIsChosen(ApprovalRequest request) {
    return request.quorum() > 1 && request.decisionHash() != null;
  }
}
