package io.cordon.posture.hunts;

import io.cordon.platform.ids.Ids;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The hunts that are still to be made around actions. Planning them asks nobody; they are made beside the case. */
public class ActionHunts {
  private final JdbcClient jdbc;
  private final HuntsProperties settings;
  private final Ids ids;

  ActionHunts(JdbcClient jdbc, HuntsProperties settings, Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.ids = new Ids(clock);
  }

  /** One that is due. */
  record Due(String id, String caseId, String permitId, Hunt hunt, String period, String mdeDeviceId, Instant fromAt, Instant toAt, int failures) {}

  /** Plans the hunts around an action in the caller's transaction; nothing where hunts are off. Planned again they stay as they are. */
  public void plan(String caseId, String permitId, String mdeDeviceId, Instant begun, Instant ended) {
    if (settings.enabled()) {
      for (Hunt hunt : Hunt.values()) {
        insert(caseId, permitId, mdeDeviceId, hunt, "BEFORE", begun.minus(settings.span()), begun);
        insert(caseId, permitId, mdeDeviceId, hunt, "AFTER", ended, ended.plus(settings.span()));
      }
    }
  }

  private void insert(String caseId, String permitId, String machine, Hunt hunt, String period, Instant from, Instant to) {
    jdbc.sql(
            """
            insert into action_hunt (id, case_id, permit_id, hunt, period, mde_device_id, from_at, to_at, next_run)
            values (:id, :case, :permit, :hunt, :period, :machine, :from, :to, :due) on conflict do nothing""")
        .param("id", ids.next("h"))
        .param("case", caseId)
        .param("permit", permitId)
        .param("hunt", hunt.name())
        .param("period", period)
        .param("machine", machine)
        .param("from", SqlTime.of(from))
        .param("to", SqlTime.of(to))
        .param("due", SqlTime.of(to.plus(settings.settle())))
        .update();
  }

  Due find(String id) {
    return jdbc.sql("select id, case_id, permit_id, hunt, period, mde_device_id, from_at, to_at, failures from action_hunt where id = :id")
        .param("id", id)
        .query(Due.class)
        .single();
  }

  /** It came to its end; false when it had one already. */
  boolean end(String id, String outcome) {
    return jdbc.sql("update action_hunt set outcome = :outcome, next_run = null where id = :id and outcome is null")
            .param("outcome", outcome)
            .param("id", id)
            .update()
        == 1;
  }

  /** All of the same period around the same action come to the same end; returns whether any did. */
  boolean endPeriod(Due one, String outcome) {
    return jdbc.sql("update action_hunt set outcome = :outcome, next_run = null where permit_id = :permit and period = :period and outcome is null")
            .param("outcome", outcome)
            .param("permit", one.permitId())
            .param("period", one.period())
            .update()
        > 0;
  }

  /** Nothing is hunted before then. */
  void putOff(Instant until) {
    jdbc.sql("update action_hunt set next_run = :until where next_run < :until").param("until", SqlTime.of(until)).update();
  }

  void countFailure(String id) {
    jdbc.sql("update action_hunt set failures = failures + 1 where id = :id").param("id", id).update();
  }
}
