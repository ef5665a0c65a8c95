package io.cordon.channels;

import io.cordon.channels.pagerduty.PageRequest;
import io.cordon.channels.pagerduty.PagerDutyEvents;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/** Pages the security on-call (routing key SOC) for tasks that are overdue: one page a case, however many tasks. */
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
    page(caseId, "Overdue for " + role + ": " + oldest, overdue);
  }

  /** Pages because Cordon itself cannot go on with a case: steps failed again and again. */
  public void stuck(String caseId, int steps) {
    page(caseId, "Cordon cannot go on with a case: a step failed and is tried again every half hour", steps);
  }

  private void page(String caseId, String text, int overdue) {
    PageRequest page =
        new PageRequest(
            SERVICE,
            key(caseId),
            text,
            caseId,
            PageRequest.Severity.ERROR,
            Map.of("case", caseId, "overdue", String.valueOf(overdue)),
            List.of(new PageRequest.Link(URI.create(publicUrl + "/cases/" + caseId), "Open the case")));
    heldBack.orBare(caseId, "PAGERDUTY", page, () -> page.bare("Overdue task", caseId), pagerDuty::trigger);
    evidence.append(
        EvidenceEvent.ofCase(EvidenceType.NOTIFY_SENT, caseId, null, Map.of("channel", "PAGERDUTY", "overdue", overdue)));
  }

  /** Resolves the page of a case once nothing is overdue any more. */
  public void settle(String caseId) {
    pagerDuty.resolve(SERVICE, key(caseId));
  }

  private static String key(String caseId) {
    return "cordon/" + caseId + "/overdue";
  }
}
