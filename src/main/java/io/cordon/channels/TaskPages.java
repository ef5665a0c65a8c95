package io.cordon.channels;

import io.cordon.channels.TaskPageBook.Subject;
import io.cordon.channels.pagerduty.PageRequest;
import io.cordon.channels.pagerduty.PagerDutyEvents;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Pages the security on-call (routing key SOC): for tasks that are overdue one page a case and half hour, however many tasks, and one
 * for each machine and way in which it is not as it should be after an action. Each has a key of its own, since one that was
 * acknowledged wakes nobody again under the same (contract teams-pagerduty, section 7).
 */
@Service
public class TaskPages {
  private static final String SERVICE = "SOC";
  /** Shorter than the half hour after which a reminder comes again, longer than the first tries of one. */
  private static final Duration ROUND = Duration.ofMinutes(25);
  /** An older reminder has rung for long enough, and escalated; the newer ones go on. */
  private static final Duration RINGS = Duration.ofMinutes(55);

  private final PagerDutyEvents pagerDuty;
  private final TaskPageBook book;
  private final EvidenceLog evidence;
  private final HeldBack heldBack;
  private final Clock clock;
  private final String publicUrl;

  TaskPages(
      PagerDutyEvents pagerDuty,
      TaskPageBook book,
      EvidenceLog evidence,
      HeldBack heldBack,
      Clock clock,
      @Value("${cordon.public-url:http://localhost:8080}") String publicUrl) {
    this.pagerDuty = pagerDuty;
    this.book = book;
    this.evidence = evidence;
    this.heldBack = heldBack;
    this.clock = clock;
    this.publicUrl = publicUrl;
  }

  /** Pages for the overdue tasks of a case; asking again at once wakes nobody twice, half an hour later it does. */
  public void remind(String caseId, String oldest, String role, int overdue) {
    page(Subject.OVERDUE, caseId, inThisRound(caseId, "overdue"), "Overdue for " + role + ": " + oldest, "Overdue task", Map.of("overdue", overdue));
    resolveOlder(caseId);
  }

  /** Pages because Cordon itself cannot go on with a case: steps failed again and again. */
  public void stuck(String caseId, int steps) {
    String text = "Cordon cannot go on with a case: a step failed and is tried again every half hour";
    page(Subject.OVERDUE, caseId, inThisRound(caseId, "stuck"), text, "Overdue task", Map.of("overdue", steps));
    resolveOlder(caseId);
  }

  /**
   * Pages because a machine of a case is not as it should be after an action; asking again wakes nobody twice.
   *
   * @param permitId of the action, which tells one machine of the case from another
   * @param verdict how it is, a code
   */
  public void signs(String caseId, String permitId, String verdict, String text) {
    String key = "cordon/" + caseId + "/signs-" + permitId + "-" + verdict.toLowerCase(Locale.ROOT).replace('_', '-');
    page(Subject.SIGNS, caseId, key, text, "Machine to look at", Map.of("what", "SIGNS"));
  }

  /** Resolves those pages. */
  public void settleSigns(String caseId) {
    settle(caseId, Subject.SIGNS, "signs");
  }

  /** Resolves the pages of a case once nothing is overdue any more. */
  public void settle(String caseId) {
    settle(caseId, Subject.OVERDUE, "overdue");
  }

  private String inThisRound(String caseId, String what) {
    return "cordon/" + caseId + "/" + what + "-" + clock.instant().getEpochSecond() / ROUND.toSeconds();
  }

  private void page(Subject subject, String caseId, String key, String text, String bareText, Map<String, Object> facts) {
    Map<String, String> details = new HashMap<>(Map.of("case", caseId));
    facts.forEach((name, value) -> details.put(name, String.valueOf(value)));
    PageRequest page =
        new PageRequest(
            SERVICE,
            key,
            text,
            caseId,
            PageRequest.Severity.ERROR,
            details,
            List.of(new PageRequest.Link(URI.create(publicUrl + "/cases/" + caseId), "Open the case")));
    book.raising(key, caseId, subject, clock.instant());
    heldBack.orBare(caseId, "PAGERDUTY", page, () -> page.bare(bareText, caseId), pagerDuty::trigger);
    Map<String, Object> sent = new HashMap<>(facts);
    sent.put("channel", "PAGERDUTY");
    sent.put("dedupKey", key);
    evidence.append(EvidenceEvent.ofCase(EvidenceType.NOTIFY_SENT, caseId, null, sent));
  }

  private void resolveOlder(String caseId) {
    Instant before = clock.instant().minus(RINGS);
    book.open(caseId, Subject.OVERDUE).stream().filter(page -> page.raisedAt().isBefore(before)).forEach(this::resolve);
  }

  private void settle(String caseId, Subject subject, String keyOfTheVersionBefore) {
    List<TaskPageBook.Open> open = book.open(caseId, subject);
    if (open.isEmpty()) {
      pagerDuty.resolve(SERVICE, "cordon/" + caseId + "/" + keyOfTheVersionBefore);
    }
    open.forEach(this::resolve);
  }

  private void resolve(TaskPageBook.Open page) {
    pagerDuty.resolve(SERVICE, page.dedupKey());
    book.resolved(page.dedupKey());
  }
}
