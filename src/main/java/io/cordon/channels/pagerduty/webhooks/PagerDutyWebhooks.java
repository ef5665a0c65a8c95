package io.cordon.channels.pagerduty.webhooks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.channels.pagerduty.PagerDutySettings;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.database.Again;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes PagerDuty's v3 webhooks: stored once, whatever is sent again, and answered within the five seconds it waits. Nothing that
 * comes this way decides anything. Contract teams-pagerduty, sections 9 and 10.
 */
@Service
public class PagerDutyWebhooks {
  /** Largest body taken; PagerDuty drops larger ones itself. */
  public static final int LARGEST = 256 * 1024;

  private static final Duration OLDEST = Duration.ofHours(49);
  private static final Duration AHEAD = Duration.ofMinutes(10);
  private static final Pattern WEBHOOK_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final ObjectMapper JSON =
      new ObjectMapper(JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build()).build());

  /** What is kept of an event about one of our pages, in evidence. */
  private static final Map<String, String> KEPT =
      Map.of(
          "incident.acknowledged", "ACKNOWLEDGED",
          "incident.unacknowledged", "UNACKNOWLEDGED",
          "incident.escalated", "ESCALATED",
          "incident.reassigned", "REASSIGNED",
          "incident.delegated", "DELEGATED",
          "incident.reopened", "REOPENED",
          "incident.resolved", "RESOLVED");

  private final WebhookSignatures signatures;
  private final boolean open;
  private final WebhookBook book;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final MeterRegistry meters;

  PagerDutyWebhooks(
      PagerDutySettings settings, WebhookBook book, EvidenceLog evidence, TransactionTemplate transaction, Clock clock, MeterRegistry meters) {
    this.signatures = new WebhookSignatures(settings.webhookSecrets());
    this.open = !settings.webhookSecrets().isEmpty();
    this.book = book;
    this.evidence = evidence;
    this.transaction = transaction;
    this.clock = clock;
    this.meters = meters;
  }

  /** Whether this site takes webhooks: it has a secret for them. */
  public boolean isOpen() {
    return open;
  }

  /** Whether PagerDuty sent these very bytes. A refusal makes PagerDuty give the event up, so it is counted for an alarm. */
  public boolean isGenuine(String signatureHeader, byte[] body) {
    boolean genuine = signatures.match(signatureHeader, body);
    if (!genuine) {
      count("bad_signature");
    }
    return genuine;
  }

  /**
   * Takes one event; whatever is unknown, old or sent again changes nothing.
   *
   * @return false when the body is no event at all
   */
  public boolean take(String webhookId, byte[] body) {
    Optional<PageEvent> event = read(body);
    if (event.isEmpty() || webhookId == null || !WEBHOOK_ID.matcher(webhookId).matches()) {
      count("unreadable");
      return false;
    }
    Instant now = clock.instant();
    Instant occurred = event.get().occurredAt();
    if (occurred.isBefore(now.minus(OLDEST)) || occurred.isAfter(now.plus(AHEAD))) {
      count("out_of_time");
      return true;
    }
    count(Again.transaction(transaction, () -> taken(event.get(), webhookId, now)));
    return true;
  }

  private String taken(PageEvent event, String webhookId, Instant now) {
    if (!book.isNew(event, webhookId, now)) {
      return "again";
    }
    String what = KEPT.get(event.type());
    if (what == null || event.dedupKey() == null) {
      return "ignored";
    }
    for (WebhookBook.Page page : book.pages(event.dedupKey())) {
      if ("ACKNOWLEDGED".equals(what)) {
        book.acknowledged(page.dedupKey(), event.occurredAt(), event.agentId());
      } else if ("UNACKNOWLEDGED".equals(what)) {
        book.acknowledged(page.dedupKey(), null, null);
      }
      evidence.append(EvidenceEvent.ofCase(EvidenceType.NOTIFY_SENT, page.caseId(), null, facts(event, what, page)));
    }
    return "taken";
  }

  private static Map<String, Object> facts(PageEvent event, String what, WebhookBook.Page page) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("approval", page.approvalId());
    facts.put("channel", "PAGERDUTY");
    facts.put("what", what);
    facts.put("dedupKey", page.dedupKey());
    facts.put("occurredAt", event.occurredAt().toString());
    if (event.agentId() != null) {
      facts.put("pagerDutyUser", event.agentId());
    }
    return facts;
  }

  private static Optional<PageEvent> read(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? Optional.empty() : PageEvent.of(json);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void count(String outcome) {
    meters.counter("cordon.pagerduty.webhooks", "outcome", outcome).increment();
  }
}
