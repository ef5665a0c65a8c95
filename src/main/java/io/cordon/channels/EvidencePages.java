package io.cordon.channels;

import io.cordon.channels.pagerduty.PageRequest;
import io.cordon.channels.pagerduty.PagerDutyEvents;
import io.cordon.evidence.EvidenceAlarm;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Pages security (routing key SECURITY) when the evidence log is in trouble. */
@Component
class EvidencePages implements EvidenceAlarm {
  private static final String SERVICE = "SECURITY";
  private static final Map<Trouble, String> TEXTS = Map.of(
      Trouble.SIGNER_HALTED,
      "Cordon signs no evidence: its history went back or was changed, or the signer cannot work, for example because its disk is full. "
          + "No isolation is sent until somebody has looked; releases go on.",
      Trouble.SIGNER_LATE,
      "Cordon's evidence has waited for a signature for more than a minute. No isolation is sent meanwhile; releases go on. "
          + "Look at the page Status and at the log of each node.",
      Trouble.ANCHORS_LATE,
      "Cordon's evidence checkpoints have not reached their place outside the database for too long.");

  private final PagerDutyEvents pagerDuty;
  private final EvidenceLog evidence;
  private final String publicUrl;

  EvidencePages(PagerDutyEvents pagerDuty, EvidenceLog evidence, @Value("${cordon.public-url:http://localhost:8080}") String publicUrl) {
    this.pagerDuty = pagerDuty;
    this.evidence = evidence;
    this.publicUrl = publicUrl;
  }

  @Override
  public void raise(Trouble trouble) {
    PageRequest.Severity severity = trouble == Trouble.ANCHORS_LATE ? PageRequest.Severity.ERROR : PageRequest.Severity.CRITICAL;
    pagerDuty.trigger(
        new PageRequest(SERVICE, key(trouble), TEXTS.get(trouble), "cordon-evidence", severity, Map.of("trouble", trouble.name()),
            List.of(new PageRequest.Link(URI.create(publicUrl + "/"), "Open Cordon"))));
    evidence.append(EvidenceEvent.ofSystem(EvidenceType.NOTIFY_SENT, Map.of("channel", "PAGERDUTY", "what", trouble.name(), "dedupKey", key(trouble))));
  }

  @Override
  public void settle(Trouble trouble) {
    pagerDuty.resolve(SERVICE, key(trouble));
  }

  private static String key(Trouble trouble) {
    return "cordon/evidence/" + trouble.name();
  }
}
