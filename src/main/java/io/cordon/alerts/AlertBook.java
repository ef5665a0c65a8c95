package io.cordon.alerts;

import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which alerts were seen. */
class AlertBook {
  private final JdbcClient jdbc;
  private final Clock clock;

  AlertBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The case of each of these alerts whose very content is in a case already, or null, in their order. */
  List<String> casesOfDuplicates(List<Arrival> arrivals) {
    return jdbc.sql(
            """
            select (select case_id from alert where same.seen and system_alert_id = asked.id and case_id is not null order by seq desc limit 1)
              from unnest((select :ids), (select :hashes)) with ordinality as asked (id, hash, n)
              left join lateral (select true as seen from alert where system_alert_id = asked.id and content_hash = asked.hash and case_id is not null limit 1) same on true
             order by asked.n""")
        .param("ids", ids(arrivals))
        .param("hashes", texts(arrivals, Arrival::hash))
        .query((row, n) -> row.getString(1))
        .list();
  }

  /**
   * What is known of each of these alerts, in their order. Only alerts in a case count; a quarantined one may be readable
   * now. The arrays stand in subqueries so that PostgreSQL does not make a new plan for each length of theirs, and each look
   * is a join of its own with a limit so that it reads no table whole.
   */
  List<KnownAlert> look(List<Arrival> arrivals) {
    return jdbc.sql(
            """
            select own.case_id, copy.case_id, same.seen, home.case_id, home.named
              from unnest((select :ids), (select :hashes), (select :vendors), (select :firsts), (select :seconds)) with ordinality
                   as asked (id, hash, vendor, first, second, n)
              left join lateral (select case_id from alert where system_alert_id = asked.id and case_id is not null order by seq desc limit 1) own on true
              left join lateral (select case_id from alert where vendor_id = asked.vendor and case_id is not null order by seq desc limit 1) copy on true
              left join lateral (select true as seen from alert where system_alert_id = asked.id and content_hash = asked.hash and case_id is not null limit 1) same on true
             cross join lateral (select min(case_id) as case_id, count(*) as named from case_alias where open and alias in (asked.first, asked.second)) home
             order by asked.n""")
        .param("ids", ids(arrivals))
        .param("hashes", texts(arrivals, Arrival::hash))
        .param("vendors", texts(arrivals, arrival -> arrival.alert().vendorId().orElse(null)))
        // a machine has one name of a kind at most, and there are two kinds
        .param("firsts", texts(arrivals, arrival -> arrival.alert().aliases().stream().findFirst().orElse(null)))
        .param("seconds", texts(arrivals, arrival -> arrival.alert().aliases().stream().skip(1).findFirst().orElse(null)))
        .query((row, n) -> new KnownAlert(row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4), row.getInt(5)))
        .list();
  }

  /** Whether every detection of a case was closed as false positive, each by its latest version whatever way it came. */
  boolean onlyFalsePositives(String caseId) {
    return jdbc.sql(
            """
            select coalesce(bool_and(false_positive), false)
              from (select distinct on (coalesce(vendor_id, system_alert_id)) false_positive from alert
                     where case_id = :case order by coalesce(vendor_id, system_alert_id), seq desc) latest""")
        .param("case", caseId)
        .query(Boolean.class)
        .single();
  }

  /** Records alerts that are in a case, in their order, be they ones that could not be read before. */
  void record(List<Placed> placed) {
    jdbc.sql(
            """
            insert into alert (system_alert_id, content_hash, vendor_id, case_id, disposition, severity, false_positive, received_at)
            select id, hash, vendor, case_id, disposition, severity, is_false, :at
              from unnest(:ids, :hashes, :vendors, :cases, :dispositions, :severities, :false) with ordinality
                   as taken (id, hash, vendor, case_id, disposition, severity, is_false, n)
             order by n
            on conflict (system_alert_id, content_hash) do update
               set seq = default, vendor_id = excluded.vendor_id, case_id = excluded.case_id, disposition = excluded.disposition,
                   reason = null, severity = excluded.severity, false_positive = excluded.false_positive, received_at = excluded.received_at""")
        .param("ids", texts(placed, one -> one.alert().systemAlertId()))
        .param("hashes", texts(placed, one -> one.arrival().hash()))
        .param("vendors", texts(placed, one -> one.alert().vendorId().orElse(null)))
        .param("cases", texts(placed, Placed::caseId))
        .param("dispositions", texts(placed, one -> one.disposition().name()))
        .param("severities", texts(placed, one -> one.alert().severity()))
        .param("false", placed.stream().map(one -> one.alert().falsePositive()).toArray(Boolean[]::new))
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }

  /** Remembers in which Sentinel incidents these alerts came, so that what becomes of their cases can be written there. */
  void ofIncidents(List<Placed> placed) {
    List<Placed> named = placed.stream().filter(one -> one.alert().incident().isPresent()).toList();
    if (!named.isEmpty()) {
      jdbc.sql(
              """
              insert into case_incident (case_id, incident_id)
              select distinct case_id, incident from unnest(:cases, :incidents) as named (case_id, incident) order by 1, 2
              on conflict do nothing""")
          .param("cases", texts(named, Placed::caseId))
          .param("incidents", named.stream().map(one -> one.alert().incident().get()).toArray(java.util.UUID[]::new))
          .update();
    }
  }

  private static String[] ids(List<Arrival> arrivals) {
    return texts(arrivals, arrival -> arrival.alert().systemAlertId());
  }

  private static <T> String[] texts(List<T> all, Function<T, String> text) {
    return all.stream().map(text).toArray(String[]::new);
  }
}
