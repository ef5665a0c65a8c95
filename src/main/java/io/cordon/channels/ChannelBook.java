package io.cordon.channels;

import io.cordon.channels.teams.PostedCard;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was said outside about a case, so that every card can be replaced and every page resolved. */
@Repository
public class ChannelBook {
  /** A page that was sent. */
  public record Page(String dedupKey, String clinicalService) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  ChannelBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The cards of a request. */
  public List<PostedCard> cards(String approvalId) {
    return jdbc.sql("select conversation_id, activity_id from teams_card where approval_id = :id order by posted_at")
        .param("id", approvalId)
        .query(PostedCard.class)
        .list();
  }

  /** Remembers a card. */
  public void posted(String approvalId, PostedCard card) {
    jdbc.sql(
            """
            insert into teams_card (approval_id, conversation_id, activity_id, posted_at)
            values (:id, :conversation, :activity, :at) on conflict do nothing""")
        .param("id", approvalId)
        .param("conversation", card.conversationId())
        .param("activity", card.activityId())
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }

  /** Forgets a card that is no longer there. */
  public void forget(String approvalId, PostedCard card) {
    jdbc.sql("delete from teams_card where approval_id = :id and conversation_id = :conversation and activity_id = :activity")
        .param("id", approvalId)
        .param("conversation", card.conversationId())
        .param("activity", card.activityId())
        .update();
  }

  /** Remembers that a page may be out, before it is sent: an unknown outcome is resolved like a known one. */
  public void paging(String approvalId, String dedupKey, String clinicalService) {
    jdbc.sql(
            """
            insert into page (dedup_key, approval_id, clinical_service, state, triggered_at)
            values (:key, :id, :service, 'TRIGGERED', :at) on conflict do nothing""")
        .param("key", dedupKey)
        .param("id", approvalId)
        .param("service", clinicalService)
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }

  /** The pages of a request that are not resolved yet. */
  public List<Page> openPages(String approvalId) {
    return jdbc.sql("select dedup_key, clinical_service from page where approval_id = :id and state = 'TRIGGERED' order by dedup_key")
        .param("id", approvalId)
        .query(Page.class)
        .list();
  }

  /** Remembers that a page was resolved. */
  public void resolved(String dedupKey) {
    jdbc.sql("update page set state = 'RESOLVED', resolved_at = :at where dedup_key = :key")
        .param("at", SqlTime.of(clock.instant()))
        .param("key", dedupKey)
        .update();
  }
}
