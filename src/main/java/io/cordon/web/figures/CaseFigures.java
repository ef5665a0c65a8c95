package io.cordon.web.figures;

import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks the tables of cases, approvals and actions, and the log, in two statements from one moment, however long the period is. */
@Service
public class CaseFigures {
  /** A page that takes longer helps nobody, and keeps the database from what is urgent. */
  private static final int SECONDS = 10;

  /** An action that shadow held back did nothing to a machine. */
  private static final String REAL = "p.state = 'SUCCEEDED' and coalesce(p.mde_action_id, '') not like 'shadow-%'";

  private static final String SPREADS =
      """
      with c as materialized (
        select id, state, opened_at, closed_at from incident_case where opened_at >= :from and opened_at < :to and state <> 'MERGED'),
      asked as (
        select a.case_id, min(a.asked_at) as first_at, min(a.decided_at) filter (where a.state in ('GRANTED', 'REJECTED')) as answered_at,
               max(a.decided_at) filter (where a.state in ('REJECTED', 'WITHDRAWN')) as given_up_at,
               bool_or(a.state in ('PENDING', 'HELD', 'GRANTED')) as goes_on, min(h.at) filter (where h.delivered) as told_at
          from c join approval_request a on a.case_id = c.id left join request_reach h on h.approval_id = a.id
         group by a.case_id),
      done as (
        select p.case_id, min(p.settled_at) as at from c join execution_permit p on p.case_id = c.id
         where p.action in ('ISOLATE', 'STOP_PROCESS') and %s
         group by p.case_id),
      span as (
        select m.measure, c.opened_at, m.since, m.until
          from c left join asked on asked.case_id = c.id left join done on done.case_id = c.id
         cross join lateral (values
           ('CASE', c.opened_at, c.opened_at),
           ('TOLD', c.opened_at, asked.told_at),
           ('ANSWER', asked.first_at, asked.answered_at),
           ('DECIDED', c.opened_at, asked.answered_at),
           ('CONTAINED', c.opened_at, done.at),
           ('EXPOSED', case when asked.first_at is not null then c.opened_at end,
            coalesce(done.at, case when c.state = 'OPEN' and asked.goes_on then :now end, asked.given_up_at, c.closed_at, :now))
         ) m (measure, since, until)
        union all
        select 'ISOLATED', c.opened_at, p.settled_at, coalesce(least(
                 (select min(u.settled_at) from execution_permit u where u.mde_device_id = p.mde_device_id and u.action = 'UNISOLATE'
                    and u.state = 'SUCCEEDED' and u.intended_at >= p.intended_at),
                 (select min(o.made) from out_of_band_action o where o.mde_device_id = p.mde_device_id and o.action = 'UNISOLATE'
                    and o.state = 'SUCCEEDED' and o.made >= p.settled_at)), c.closed_at, :now)
          from c join execution_permit p on p.case_id = c.id where p.action = 'ISOLATE' and %s),
      lasted as (
        select measure, date_trunc('week', opened_at at time zone :zone)::date as week,
               greatest(extract(epoch from (until - since)), 0) as seconds
          from span where since is not null and until is not null)
      select measure, week, count(*) as n, percentile_disc(0.5) within group (order by seconds) as half,
             percentile_disc(0.9) within group (order by seconds) as most, max(seconds) as slowest, sum(seconds) as total
        from lasted group by grouping sets ((measure), (measure, week))""".formatted(REAL, REAL);

  private static final String COUNTS =
      """
      with part as (
        select coalesce((select max(size) from evidence_checkpoint where at < cast(:from as timestamptz) - interval '1 day'), 0) as first,
               coalesce((select size from evidence_checkpoint where at >= cast(:to as timestamptz) + interval '1 day' order by at, size limit 1), 9223372036854775807) as last),
      entry as (
        select e.type, convert_from(e.leaf, 'UTF8')::jsonb as leaf from evidence_entry e, part
         where e.type in ('DECISION_REFUSED', 'ESCALATED') and e.seq >= part.first and e.seq < part.last and e.case_id is not null),
      counted as (
        select case type when 'ESCALATED' then 'ESCALATED' else 'REFUSED' end as what,
               coalesce(leaf #>> '{data,refusal}', leaf #>> '{data,reason}', '') as reason, (leaf ->> 'at')::timestamptz as at
          from entry where coalesce(leaf #>> '{data,reason}', '') <> 'REMINDED'
        union all
        select 'OVERRIDDEN', '', made_at from plan where route = 'BREAK_GLASS' and made_at >= :from and made_at < :to)
      select what, reason, date_trunc('week', at at time zone :zone)::date as week, count(*) as count
        from counted where at >= :from and at < :to group by what, reason, week order by what, reason, week""";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final TransactionTemplate snapshot;

  @Autowired
  CaseFigures(JdbcClient jdbc, Clock clock, PlatformTransactionManager transactions) {
    this(jdbc, clock, transactions, SECONDS);
  }

  CaseFigures(JdbcClient jdbc, Clock clock, PlatformTransactionManager transactions, int seconds) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.snapshot = new TransactionTemplate(transactions);
    this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.snapshot.setReadOnly(true);
    this.snapshot.setTimeout(seconds);
  }

  /** @throws org.springframework.dao.QueryTimeoutException when it takes too long */
  public Figures of(Period period) {
    return snapshot.execute(status -> new Figures(period, spreads(period), ask(COUNTS, period).query(Counted.class).list()));
  }

  private List<Spread> spreads(Period period) {
    return ask(SPREADS, period).param("now", SqlTime.of(clock.instant())).query((row, number) ->
        new Spread(
            Measure.valueOf(row.getString("measure")), row.getObject("week", LocalDate.class), row.getLong("n"), Duration.ofSeconds(row.getLong("half")),
            Duration.ofSeconds(row.getLong("most")), Duration.ofSeconds(row.getLong("slowest")), Duration.ofSeconds(row.getLong("total")))).list();
  }

  private StatementSpec ask(String query, Period period) {
    return jdbc.sql(query).param("from", SqlTime.of(period.from())).param("to", SqlTime.of(period.to())).param("zone", period.zone().getId());
  }
}
