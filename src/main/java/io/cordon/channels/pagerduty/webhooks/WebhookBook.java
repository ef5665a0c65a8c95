package io.cordon.channels.pagerduty.webhooks;

import io.cordon.platform.time.SqlTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What PagerDuty told us already, and what it says of our pages. Every call is in the caller's transaction. */
@Repository
class WebhookBook {
  /** Longer than PagerDuty keeps trying, which is 48 hours. */
  private static final Duration KEPT = Duration.ofDays(8);

  /** A page of ours and the case it belongs to. */
  record Page(String dedupKey, String approvalId, String caseId) {}

  private final JdbcClient jdbc;

  WebhookBook(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Remembers an event; false when it or its delivery is known already. */
  boolean isNew(PageEvent event, String webhookId, Instant now) {
    jdbc.sql("delete from pagerduty_webhook where received_at < :before").param("before", SqlTime.of(now.minus(KEPT))).update();
    return jdbc.sql(
                """
                insert into pagerduty_webhook (event_id, webhook_id, event_type, occurred_at, received_at)
                values (:event, :webhook, :type, :occurred, :now) on conflict do nothing""")
            .param("event", event.id())
            .param("webhook", webhookId)
            .param("type", event.type())
            .param("occurred", SqlTime.of(event.occurredAt()))
            .param("now", SqlTime.of(now))
            .update()
        == 1;
  }

  /** The pages behind this key: one, or those of a page of several requests. */
  List<Page> pages(String dedupKey) {
    return jdbc.sql(
            """
            select page.dedup_key, page.approval_id, asked.case_id from page join approval_request asked on asked.id = page.approval_id
             where page.dedup_key = :key or page.digest_key = :key order by page.dedup_key limit 500""")
        .param("key", dedupKey)
        .query(Page.class)
        .list();
  }

  /** Remembers since when somebody is awake; null when nobody is any more. */
  void acknowledged(String dedupKey, Instant at, String agentId) {
    jdbc.sql("update page set acknowledged_at = :at, acknowledged_by = :by where dedup_key = :key")
        .param("at", at == null ? null : SqlTime.of(at))
        .param("by", agentId)
        .param("key", dedupKey)
        .update();
  }
}
