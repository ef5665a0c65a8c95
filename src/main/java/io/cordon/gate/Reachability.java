package io.cordon.gate;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whether people could be told of a request. That no channel delivers is evidence, and an alarm here: whoever sees the
 * console must call them. It is known after the first failure of each channel, long before the last try.
 */
public class Reachability {
  private static final int CHANNELS = 2;
  private static final String UNREACHED =
      """
      select count(*) from (
        select f.approval_id from request_reach f join approval_request a on a.id = f.approval_id
         where not f.delivered and (:id::text is null or a.id = :id)
           and (a.state in ('PENDING', 'HELD') or a.state = 'GRANTED' and a.id in (select approval_id from last_question where answer is null))
           and not exists (select 1 from request_reach d where d.approval_id = f.approval_id and d.delivered)
         group by f.approval_id having count(*) >= :channels limit 1000) unreached""";

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Reachability(JdbcClient jdbc, EvidenceLog evidence, Clock clock, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** A message of the request went out over this channel, TEAMS or PAGERDUTY. */
  public void delivered(ApprovalRequest request, String channel) {
    jdbc.sql(
            """
            insert into request_reach (approval_id, channel, delivered, at) values (:id, :channel, true, :at)
            on conflict (approval_id, channel) do update set delivered = true, at = :at where not request_reach.delivered""")
        .param("id", request.id())
        .param("channel", channel)
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }

  /** A message of the request did not go out over this channel; it may be tried again. */
  public void notDelivered(ApprovalRequest request, String channel) {
    transaction.executeWithoutResult(status -> {
      // the other channel may fail at this very moment, or deliver, which writes a row that names the request and must not wait for this
      jdbc.sql("select id from approval_request where id = :id for no key update").param("id", request.id()).query(String.class).single();
      int news =
          jdbc.sql("insert into request_reach (approval_id, channel, delivered, at) values (:id, :channel, false, :at) on conflict do nothing")
              .param("id", request.id())
              .param("channel", channel)
              .param("at", SqlTime.of(clock.instant()))
              .update();
      if (news == 1 && count(request.id()) == 1) {
        evidence.append(
            EvidenceEvent.ofCase(
                EvidenceType.ESCALATED, request.caseId(), null,
                Map.of("approval", request.id(), "tier", request.tier(), "reason", "NO_CHANNEL_DELIVERS")));
      }
    });
  }

  /** Whether nobody could be told of this request over any channel so far, and it still waits. */
  public boolean nobodyReached(String approvalId) {
    return count(approvalId) == 1;
  }

  /** Requests that wait for an answer and of which nobody could be told; at most 1,000. */
  public int unreached() {
    return count(null);
  }

  private int count(String approvalId) {
    return jdbc.sql(UNREACHED).param("id", approvalId).param("channels", CHANNELS).query(Integer.class).single();
  }
}
