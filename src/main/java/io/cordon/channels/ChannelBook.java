package io.cordon.channels;

import io.cordon.channels.teams.PostedCard;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was said outside about a case, so that every card can be replaced and every page resolved. */
@Repository
public class ChannelBook {
  /**
   * A page that was sent.
   *
   * @param digestKey of the page for several requests that it is part of; null when it is one of its own
   */
  public record Page(String dedupKey, String clinicalService, String digestKey) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  ChannelBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The cards of a request that are shown; those sent twice are not among them. */
  public List<PostedCard> cards(String approvalId) {
    return cards(approvalId, false);
  }

  /** The cards of a request that were sent twice. */
  public List<PostedCard> duplicates(String approvalId) {
    return cards(approvalId, true);
  }

  private List<PostedCard> cards(String approvalId, boolean duplicate) {
    return jdbc.sql("select conversation_id, activity_id from teams_card where approval_id = :id and duplicate = :duplicate order by posted_at")
        .param("duplicate", duplicate)
        .param("id", approvalId)
        .query(PostedCard.class)
        .list();
  }

  /** Remembers that a card goes out, before it does: until its answer is known it may be there. */
  public UUID posting(String approvalId, String channelId) {
    UUID post = UUID.randomUUID();
    jdbc.sql("insert into teams_post (id, approval_id, channel_id, outcome, sent_at) values (:id, :approval, :channel, 'UNKNOWN', :at)")
        .param("id", post)
        .param("approval", approvalId)
        .param("channel", channelId)
        .param("at", SqlTime.of(clock.instant()))
        .update();
    return post;
  }

  /** Remembers that a card did not go out after all. */
  public void notPosted(UUID post) {
    settle(post, "NOT_POSTED");
  }

  private void settle(UUID post, String outcome) {
    jdbc.sql("update teams_post set outcome = :outcome where id = :id").param("outcome", outcome).param("id", post).update();
  }

  /** Whether a card of this request may be in this channel without our knowing it. */
  public boolean mayHaveLostOne(String approvalId, String channelId) {
    return lost(approvalId, channelId).isPresent();
  }

  private Optional<UUID> lost(String approvalId, String channelId) {
    return jdbc.sql("select id from teams_post where approval_id = :id and channel_id = :channel and outcome = 'UNKNOWN' order by sent_at limit 1")
        .param("id", approvalId)
        .param("channel", channelId)
        .query(UUID.class)
        .optional();
  }

  /** Remembers a card that was lost and found; it is a second one when another is shown already. */
  public void found(String approvalId, String channelId, PostedCard card) {
    lost(approvalId, channelId).ifPresent(post -> {
      insert(approvalId, card, !cards(approvalId).isEmpty());
      settle(post, "FOUND");
    });
  }

  /** Whether this is a card of this request. */
  public boolean isCardOf(String approvalId, PostedCard card) {
    return jdbc.sql("select count(*) from teams_card where approval_id = :id and conversation_id = :conversation and activity_id = :activity")
            .param("id", approvalId)
            .param("conversation", card.conversationId())
            .param("activity", card.activityId())
            .query(Long.class)
            .single()
        > 0;
  }

  /** The thread of a case in a channel, empty before its first card. */
  public Optional<String> threadOf(String caseId, String channelId) {
    return jdbc.sql(
            """
            select card.conversation_id from teams_card card join approval_request asked on asked.id = card.approval_id
             where asked.case_id = :case and not card.duplicate and starts_with(card.conversation_id, :channel)
             order by card.posted_at limit 1""")
        .param("case", caseId)
        .param("channel", channelId + ";")
        .query(String.class)
        .optional();
  }

  /** Remembers a card. */
  public void posted(String approvalId, PostedCard card, UUID post) {
    insert(approvalId, card, false);
    settle(post, "POSTED");
  }

  private void insert(String approvalId, PostedCard card, boolean duplicate) {
    jdbc.sql(
            """
            insert into teams_card (approval_id, conversation_id, activity_id, duplicate, posted_at)
            values (:id, :conversation, :activity, :duplicate, :at) on conflict do nothing""")
        .param("duplicate", duplicate)
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

  /** Remembers that a page has left, or may have: one that was taken back while it was on its way is to be taken back again. */
  public void mayBeOut(String dedupKey) {
    jdbc.sql("update page set state = 'TRIGGERED', resolved_at = null where dedup_key = :key").param("key", dedupKey).update();
  }

  /** Whether this page did not go out for the first time now. */
  boolean failsFirst(String dedupKey) {
    return jdbc.sql("update page set failed_at = :at where dedup_key = :key and failed_at is null")
            .param("at", SqlTime.of(clock.instant()))
            .param("key", dedupKey)
            .update()
        == 1;
  }

  /** Remembers that a page is part of one for several requests. */
  void inDigest(String dedupKey, String digestKey) {
    jdbc.sql("update page set digest_key = :digest where dedup_key = :key").param("digest", digestKey).param("key", dedupKey).update();
  }

  /** Whether all other requests of its page are settled. */
  boolean isLastOfDigest(Page page) {
    return jdbc.sql("select not exists (select 1 from page where digest_key = :digest and dedup_key <> :key and state = 'TRIGGERED')")
        .param("digest", page.digestKey())
        .param("key", page.dedupKey())
        .query(Boolean.class)
        .single();
  }

  /** The pages of a request that are not resolved yet. */
  public List<Page> openPages(String approvalId) {
    return jdbc.sql("select dedup_key, clinical_service, digest_key from page where approval_id = :id and state = 'TRIGGERED' order by dedup_key")
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
