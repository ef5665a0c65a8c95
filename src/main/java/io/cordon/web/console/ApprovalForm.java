package io.cordon.web.console;

import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.Decision;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.Seen;
import io.cordon.gate.Verdict;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.gate.windows.OfferedWindow;
import io.cordon.platform.people.Person;
import io.cordon.playbook.Filled;
import io.cordon.playbook.FormField;
import io.cordon.playbook.TaskForm;
import io.cordon.web.security.TypedDrafts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The questions of the approval page, and how what was typed becomes an answer. */
final class ApprovalForm {
  private static final String APPROVE = Verdict.APPROVE.name();
  private static final String OFFERED = "CALENDAR-";
  private static final Set<String> OF_THE_PAGE = Set.of("requestRevision", "clearance", "machinesAtOnce", "_csrf", TypedDrafts.TYPED_BY, "confirmed", "change");
  private static final Set<String> ALWAYS = Set.of("verdict", "reasonCode", "comment");

  private static final String LEFT_OUT = "leftOut-";

  private final List<FormField> all;
  private final Predicate<ApprovalRequest> atOnce;
  private final MaintenanceWindows windows;
  private final Times times;
  private final Clock clock;

  /** @param atOnce whether a request is one of an emergency, which starts at once and asks for no window */
  ApprovalForm(List<FormField> all, Predicate<ApprovalRequest> atOnce, MaintenanceWindows windows, Times times, Clock clock) {
    this.atOnce = atOnce;
    this.all = all.stream().map(field -> "windowMinutes".equals(field.key()) ? field.atLeast(windows.limits().shortestMinutes()) : field).toList();
    this.windows = windows;
    this.times = times;
    this.clock = clock;
  }

  /** @param asked the question itself: what may be done depends on the plan */
  List<FormField> questions(String asked) {
    return all.stream().map(field -> "verdict".equals(field.key()) ? field.labelled(asked) : field).toList();
  }

  /** What every answer says; nobody has to choose a window to say no. */
  List<FormField> firstQuestions(String asked) {
    return questions(asked).stream().filter(field -> "verdict".equals(field.key())).toList();
  }

  /** What only a yes says; empty when Clinical Ops already chose the window and a second person confirms it. */
  List<FormField> questionsOfAYes(ApprovalRequest request) {
    return asksForNoWindow(request)
        ? List.of()
        : offering(request).filter(field -> !field.key().isEmpty() && !ALWAYS.contains(field.key())).map(field -> field.require(false)).toList();
  }

  /** The questions, with the windows of the calendar before those that people name themselves. */
  private Stream<FormField> offering(ApprovalRequest request) {
    return all.stream().map(field -> "windowChoice".equals(field.key()) ? field.choosing(choices(request, field)) : field);
  }

  private List<FormField.Option> choices(ApprovalRequest request, FormField byHand) {
    Stream<FormField.Option> offered =
        offers(request).stream().map(offer -> new FormField.Option(OFFERED + offer.key(), label(offer)));
    return Stream.concat(offered, byHand.options().stream()).toList();
  }

  private String label(OfferedWindow offer) {
    return offer.open() ? "Now, until " + times.show(offer.span().to()) : times.span(offer.span().from(), offer.span().to());
  }

  private List<OfferedWindow> offers(ApprovalRequest request) {
    return windows.view(request.clinicalService()).offers();
  }

  List<FormField> lastQuestions() {
    return all.stream().filter(field -> ALWAYS.contains(field.key()) && !"verdict".equals(field.key())).toList();
  }

  /** Whether the page has all of these fields; somebody who sends another one did not get it from the page. */
  boolean asksFor(Set<String> names) {
    return names.stream().allMatch(name -> OF_THE_PAGE.contains(name) || name.startsWith("leftOut-") || all.stream().anyMatch(field -> name.equals(field.key())));
  }

  /** Checks what was posted as far as its verdict asks for it. */
  Filled filled(ApprovalRequest request, Map<String, String> posted) {
    boolean yes = APPROVE.equals(posted.get("verdict")) && !asksForNoWindow(request);
    String choice = posted.getOrDefault("windowChoice", "");
    Set<String> unasked = choice.startsWith(OFFERED) ? Set.of("windowFrom", "windowMinutes") : "AT".equals(choice) ? Set.of() : Set.of("windowFrom");
    List<FormField> asked =
        offering(request)
            .filter(field -> ALWAYS.contains(field.key()) || (yes && !unasked.contains(field.key())))
            .map(field -> field.require(!"comment".equals(field.key())))
            .toList();
    return withTimesThatExist(new TaskForm(asked).filled(posted));
  }

  private Filled withTimesThatExist(Filled filled) {
    String typed = filled.values().get("windowFrom");
    String problem = typed == null || filled.problems().containsKey("windowFrom") ? null : times.problemOf(typed);
    if (problem == null) {
      return filled;
    }
    Map<String, String> problems = new LinkedHashMap<>(filled.problems());
    problems.put("windowFrom", problem);
    return new Filled(filled.values(), problems);
  }

  /** Device ids of the machines that were ticked as not to be isolated. */
  static Set<String> leftOut(Map<String, String> posted) {
    return posted.keySet().stream()
        .filter(key -> key.startsWith(LEFT_OUT))
        .map(key -> key.substring(LEFT_OUT.length()))
        .collect(Collectors.toSet());
  }

  /**
   * The answer; {@code values} passed {@link #filled}.
   *
   * @param posted what came with it: {@code clearance}, the id of the clearance that the page showed, {@code machinesAtOnce}, the
   *     number that was confirmed, and the machines left out
   */
  Decision decision(ApprovalRequest request, int revision, Map<String, String> values, Map<String, String> posted, Person person) {
    Verdict verdict = Verdict.valueOf(values.get("verdict"));
    Instant from = null;
    Instant to = null;
    Instant backBy = null;
    ProcedureImpact impact = null;
    String offered = null;
    if (atOnce.test(request)) {
      return new Decision(request.id(), revision, verdict, null, null, null, null, values.get("reasonCode"), values.get("comment"), person);
    }
    if (verdict == Verdict.APPROVE && windowIsChosen(request)) {
      from = request.windowFrom().isAfter(clock.instant()) ? request.windowFrom() : null;
      to = request.windowTo();
      backBy = request.backBy();
      impact = request.procedureImpact();
    } else if (verdict == Verdict.APPROVE) {
      Chosen window = chosen(request, values);
      Instant start = window.from() == null ? clock.instant() : window.from();
      from = window.from();
      to = window.to() == null ? start.plus(Duration.ofMinutes(Integer.parseInt(values.get("windowMinutes")))) : window.to();
      offered = window.offered();
      backBy = start.plus(Duration.ofHours(Integer.parseInt(values.get("backByHours"))));
      impact = ProcedureImpact.valueOf(values.get("procedureImpact"));
    }
    return new Decision(
        request.id(), revision, verdict, from, to, backBy, impact, values.get("reasonCode"), values.get("comment"), person,
        new Seen(offered, posted.get("clearance"), number(posted.get("machinesAtOnce"))), leftOut(posted));
  }

  private static int number(String typed) {
    return typed != null && typed.matches("\\d{1,6}") ? Integer.parseInt(typed) : 0;
  }

  /** When it may start: from null means now, to null means so many minutes later; offered is the calendar's key or null. */
  private record Chosen(Instant from, Instant to, String offered) {}

  private Chosen chosen(ApprovalRequest request, Map<String, String> values) {
    String choice = values.get("windowChoice");
    if (!choice.startsWith(OFFERED)) {
      return new Chosen("AT".equals(choice) ? times.read(values.get("windowFrom")) : null, null, null);
    }
    // gone since the form was checked: no window, which the gate refuses
    return offers(request).stream()
        .filter(offer -> choice.equals(OFFERED + offer.key()))
        .findFirst()
        .map(offer -> new Chosen(offer.open() ? null : offer.span().from(), offer.span().to(), offer.key()))
        .orElseGet(() -> new Chosen(null, clock.instant(), null));
  }

  private boolean asksForNoWindow(ApprovalRequest request) {
    return windowIsChosen(request) || atOnce.test(request);
  }

  private static boolean windowIsChosen(ApprovalRequest request) {
    return request.quorum() > 1 && request.decisionHash() != null;
  }
}
