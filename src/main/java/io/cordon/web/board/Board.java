package io.cordon.web.board;

import io.cordon.alerts.CaseSearch;
import io.cordon.alerts.CaseView;
import io.cordon.evidence.EvidenceLog;
import io.cordon.gate.ActionsOnCase;
import io.cordon.gate.ActionsOnCases;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.platform.people.Person;
import io.cordon.playbook.PlaybookTasks;
import io.cordon.playbook.StuckSteps;
import io.cordon.playbook.TaskClock;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads the cases somebody wants to see, and how far each has come. Seven statements, however many cases there are. */
@Component
class Board {
  /** Open cases that are looked at; of more, the newest. */
  static final int MOST_OPEN = 200;
  static final int PAGE = 50;

  private final CaseSearch cases;
  private final ApprovalRequests approvals;
  private final ActionsOnCases actions;
  private final PlaybookTasks tasks;
  private final StuckSteps stuck;
  private final EvidenceLog evidence;
  private final Clock clock;

  Board(CaseSearch cases, ApprovalRequests approvals, ActionsOnCases actions, PlaybookTasks tasks, StuckSteps stuck, EvidenceLog evidence, Clock clock) {
    this.cases = cases;
    this.approvals = approvals;
    this.actions = actions;
    this.tasks = tasks;
    this.stuck = stuck;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * What is on the page.
   *
   * @param rows by phase, those with the next clock first
   * @param counts how many cases are in each phase, whichever phase is wanted; a phase without any is left out
   * @param next id to go on after, or null
   * @param more whether there are more open cases than are looked at
   * @param mark how long the log was when this was read: whatever changes a case makes it longer
   */
  record Page(Map<Phase, List<BoardRow>> rows, Map<Phase, Long> counts, String next, boolean more, long mark) {
    /** Whether there is nothing to show. */
    public boolean isEmpty() {
      return rows.isEmpty();
    }
  }

  Page read(BoardFilter filter, Person person) {
    long mark = evidence.size();
    int most = filter.isClosed() ? PAGE : MOST_OPEN;
    String after = filter.after() == null || filter.after().isBlank() ? null : filter.after();
    List<CaseView> found = cases.find(filter.wanted(person), after, most);
    List<BoardRow> rows = rows(found);
    Map<Phase, Long> counts = rows.stream().collect(Collectors.groupingBy(BoardRow::phase, () -> new EnumMap<>(Phase.class), Collectors.counting()));
    Map<Phase, List<BoardRow>> shown =
        rows.stream()
            .filter(row -> filter.phase().isEmpty() || filter.phase().get() == row.phase())
            .sorted(Comparator.comparing(BoardRow::clock, Comparator.nullsLast(Comparator.naturalOrder())))
            .collect(Collectors.groupingBy(BoardRow::phase, () -> new EnumMap<>(Phase.class), Collectors.toList()));
    boolean full = found.size() == most;
    return new Page(shown, counts, full ? found.get(most - 1).id() : null, full && !filter.isClosed(), mark);
  }

  private List<BoardRow> rows(List<CaseView> found) {
    List<String> open = found.stream().filter(about -> "OPEN".equals(about.state())).map(CaseView::id).toList();
    Map<String, ApprovalRequest> waiting =
        approvals.waitingIn(open).stream().collect(Collectors.toMap(ApprovalRequest::caseId, Function.identity(), (first, later) -> first));
    Map<String, ActionsOnCase> done = actions.of(open);
    Map<String, TaskClock> next = tasks.nextOf(open);
    Set<String> failed = stuck.among(open);
    Instant now = clock.instant();
    return found.stream()
        .map(about -> row(about, waiting.get(about.id()), done.get(about.id()), next.get(about.id()), failed.contains(about.id()), now))
        .toList();
  }

  private static BoardRow row(CaseView about, ApprovalRequest request, ActionsOnCase actions, TaskClock task, boolean stuck, Instant now) {
    Phase phase = Phase.of(about, request, actions, task, stuck, now);
    boolean second = phase == Phase.ASKED && request.state().isLive() && request.decisionHash() != null;
    return new BoardRow(about, phase, task == null ? null : task.name(), second, stuck, phase.clock(request, actions, task));
  }
}
