package io.cordon.alerts;

import io.cordon.platform.ids.Ids;
import io.cordon.platform.people.Person;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The cases: opens, finds, lists and closes them. All writes are in the caller's transaction. */
public class CaseBook {
  private static final String COLUMNS =
      "id, state, severity, detector, machine_name, mde_device_id, arc_id, clinical_service, outcome, opened_at, closed_at";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Ids ids;

  CaseBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.ids = new Ids(clock);
  }

  /** The case with this id. */
  public Optional<CaseView> find(String id) {
    return jdbc.sql("select " + COLUMNS + " from incident_case where id = :id").param("id", id).query(CaseView.class).optional();
  }

  /**
   * Newest cases first.
   *
   * @param state OPEN, CLOSED, MERGED or null for all
   * @param service clinical service, or null for all
   * @param afterId id of the last case of the page before, or null for the first page
   */
  public List<CaseView> list(String state, String service, String afterId, int limit) {
    return jdbc.sql(
            "select " + COLUMNS
                + """
                 from incident_case
                where (:state::text is null or state = :state)
                  and (:service::text is null or clinical_service = :service)
                  and (:after::text is null or id < :after)
                order by id desc limit :limit""")
        .param("state", state)
        .param("service", service)
        .param("after", afterId)
        .param("limit", Math.min(limit, 200))
        .query(CaseView.class)
        .list();
  }

  /** Records the machine of a case once it is known for certain, and its names. */
  public void machineKnown(String caseId, String machineName, String mdeDeviceId, String arcId, String clinicalService) {
    jdbc.sql(
            """
            update incident_case
               set machine_name = :name, mde_device_id = :mde, arc_id = :arc, clinical_service = :service
             where id = :id""")
        .param("name", machineName)
        .param("mde", mdeDeviceId)
        .param("arc", arcId)
        .param("service", clinicalService)
        .param("id", caseId)
        .update();
    for (String alias : List.of("mde:" + mdeDeviceId, "arc:" + arcId)) {
      jdbc.sql("insert into case_alias (alias, case_id, open) values (:alias, :id, true) on conflict do nothing")
          .param("alias", alias)
          .param("id", caseId)
          .update();
    }
  }

  /** The names a case's machine has, such as {@code mde:<id>}. */
  public List<String> aliases(String caseId) {
    return jdbc.sql("select alias from case_alias where case_id = :id order by alias").param("id", caseId).query(String.class).list();
  }

  /** Notes that this person asked for what the case may do, and so may not approve it. */
  public void requestedBy(String caseId, Person person, String deed) {
    jdbc.sql(
            """
            insert into case_requester (case_id, tid, oid, deed, at) values (:id, :tid, :oid, :deed, :at)
            on conflict do nothing""")
        .param("id", caseId)
        .param("tid", person.tid())
        .param("oid", person.oid())
        .param("deed", deed)
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }

  /** Object ids of everybody who asked for something in this case. */
  public Set<String> requesters(String caseId) {
    return jdbc.sql("select distinct oid from case_requester where case_id = :id").param("id", caseId).query(String.class).set();
  }

  /** Closes a case with an outcome code; a closed case stays as it is. Returns whether it was open. */
  public boolean close(String caseId, String outcome) {
    int closed =
        jdbc.sql("update incident_case set state = 'CLOSED', outcome = :outcome, closed_at = :at where id = :id and state = 'OPEN'")
            .param("outcome", outcome)
            .param("at", SqlTime.of(clock.instant()))
            .param("id", caseId)
            .update();
    jdbc.sql("update case_alias set open = false where case_id = :id").param("id", caseId).update();
    return closed == 1;
  }

  /** Whether an alert came into the case after this moment. */
  public boolean hasAlertSince(String caseId, Instant moment) {
    return jdbc.sql("select exists (select 1 from alert where case_id = :id and received_at > :moment)")
        .param("id", caseId)
        .param("moment", SqlTime.of(moment))
        .query(Boolean.class)
        .single();
  }

  Optional<String> openCaseOf(Collection<String> aliases) {
    return aliases.isEmpty()
        ? Optional.empty()
        : jdbc.sql("select case_id from case_alias where open and alias in (:aliases) order by case_id limit 1")
            .param("aliases", aliases)
            .query(String.class)
            .optional();
  }

  /** The case, locked until the caller's transaction ends, if it is still open. */
  Optional<String> lockOpen(String caseId) {
    return jdbc.sql("select id from incident_case where id = :id and state = 'OPEN' for update").param("id", caseId).query(String.class).optional();
  }

  String open(IncomingAlert alert) {
    String id = ids.next("c");
    jdbc.sql("insert into incident_case (id, state, severity, detector, opened_at) values (:id, 'OPEN', :severity, :detector, :at)")
        .param("id", id)
        .param("severity", alert.severity())
        .param("detector", alert.detector())
        .param("at", SqlTime.of(clock.instant()))
        .update();
    for (String alias : alert.aliases()) {
      jdbc.sql("insert into case_alias (alias, case_id, open) values (:alias, :id, true)")
          .param("alias", alias)
          .param("id", id)
          .update();
    }
    return id;
  }

  void raiseSeverity(String caseId, String severity) {
    jdbc.sql(
            """
            update incident_case set severity = :severity
             where id = :id
               and array_position(array['UNKNOWN', 'Informational', 'Low', 'Medium', 'High'], :severity::text)
                 > array_position(array['UNKNOWN', 'Informational', 'Low', 'Medium', 'High'], severity)""")
        .param("severity", severity)
        .param("id", caseId)
        .update();
  }
}
