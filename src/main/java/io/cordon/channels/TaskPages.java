package io.cordon.channels;

import io.cordon.channels.pagerduty.PageRequest;
import io.cordon.channels.pagerduty.PagerDutyEvents;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Pages the security on-call (routing key SOC): for tasks that are overdue one page a case, however many tasks, and one for its
 * machines that are not as they should be after an action.
 */
@Service
public class TaskPages {
  private static final String SERVICE = "SOC";

  private final PagerDutyEvents pagerDuty;
  private final EvidenceLog evidence;
  private final HeldBack heldBack;
  private final String publicUrl;

  TaskPages(
      PagerDutyEvents pagerDuty, EvidenceLog evidence, HeldBack heldBack, @Value("${cordon.public-url:http://localhost:8080}") String publicUrl) {
    this.pagerDuty = pagerDuty;
    this.evidence = evidence;
    this.heldBack = heldBack;
    this.publicUrl = publicUrl;
  }

  /** Pages for the overdue tasks of a case; asking again wakes nobody twice. */
  public void remind(String caseId, String oldest, String role, int overdue) {
    page(caseId, key(caseId), "Overdue for " + role + ": " + oldest, "Overdue task", Map.of("overdue", overdue));
  }

  /** Pages because Cordon itself cannot go on with a case: steps failed again and again. */
  public void stuck(String caseId, int steps) {
    String text = "Cordon cannot go on with a case: a step failed and is tried again every half hour";
    page(caseId, key(caseId), text, "Overdue task", Map.of("overdue", steps));
  }

  /** Pages because a machine of a case is not as it should be after an action; asking again wakes nobody twice. */
  public void signs(String caseId, String text) {
    page(caseId, signsKey(caseId), text, "Machine to look at", Map.of("what", "SIGNS"));
  }

  /** Resolves that page. */
  public void settleSigns(String caseId) {
    pagerDuty.resolve(SERVICE, signsKey(caseId));
  }

  private void page(String caseId, String key, String text, String bareText, Map<String, Object> facts) {
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
    heldBack.orBare(caseId, "PAGERDUTY", page, () -> page.bare(bareText, caseId), pagerDuty::trigger);
    Map<String, Object> sent = new HashMap<>(facts);
    sent.put("channel", "PAGERDUTY");
    evidence.append(EvidenceEvent.ofCase(EvidenceType.NOTIFY_SENT, caseId, null, sent));
  }

  /** Resolves the page of a case once nothing is overdue any more. */
  public void settle(String caseId) {
    pagerDuty.resolve(SERVICE, key(caseId));
  }

  private static String signsKey(String caseId) {
    return "cordon/" + caseId + "/signs";
  }

  private static String key(String caseId) {
    return "cordon/" + caseId + "/overdue";
  }
}
