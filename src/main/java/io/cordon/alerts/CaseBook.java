package io.cordon.alerts;

import io.cordon.platform.ids.Ids;
import io.cordon.platform.people.Person;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The cases: opens, finds, lists and closes them. All writes are in the caller's transaction. */
public class CaseBook {
  private static final String COLUMNS =
      "id, state, severity, detector, machine_name, mde_device_id, arc_id, clinical_service, outcome, merged_into, opened_at, closed_at";

  private final JdbcClient jdbc;
  private final NameLocks locks;
  private final Clock clock;
  private final Ids ids;

  CaseBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.locks = new NameLocks(jdbc);
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

  /**
   * Records the machine of a case once it is known for certain; from then on it has this machine's names and no others.
   * When another open case works on the machine already, this one is merged into it: the alerts and who asked go over,
   * and the case is settled.
   *
   * @param works those of some open cases that still work on their machine; one that does not gives it up
   * @return what the merge made of the other case, empty when there was none
   */
  public Optional<Merged> machineKnown(
      String caseId, String machineName, String mdeDeviceId, String arcId, String clinicalService, Function<Collection<String>, Set<String>> works) {
    List<String> names = List.of("mde:" + mdeDeviceId, "arc:" + arcId);
    locks.lock(names);
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
    jdbc.sql("update case_alias set open = false where case_id = :id and alias not in (:names)").param("id", caseId).param("names", names).update();
    Optional<Merged> merged = otherCase(caseId, names).flatMap(other -> lockWorking(other, works)).map(other -> merge(caseId, other, names));
    if (merged.isEmpty()) {
      know(caseId, names);
    }
    return merged;
  }

  /** Records the host of a case by its name alone: one that neither Defender nor Arc knows. */
  public void hostNamed(String caseId, String name) {
    jdbc.sql("update incident_case set machine_name = :name, clinical_service = 'UNKNOWN' where id = :id").param("name", name).param("id", caseId).update();
  }

  /**
   * The case that goes on after a merge.
   *
   * @param graver whether it is graver than before
   */
  public record Merged(String into, boolean graver) {}

  private Merged merge(String caseId, LockedCase into, List<String> names) {
    LockedCase from = lock(List.of(caseId), open -> Set.of()).get(caseId);
    jdbc.sql("update incident_case set state = 'MERGED', merged_into = :into, closed_at = :at where id = :id")
        .param("into", into.id())
        .param("at", SqlTime.of(clock.instant()))
        .param("id", caseId)
        .update();
    giveUpMachine(caseId);
    know(into.id(), names);
    jdbc.sql("update alert set case_id = :into where case_id = :id").param("into", into.id()).param("id", caseId).update();
    jdbc.sql(
            """
            insert into case_requester (case_id, tid, oid, deed, at)
            select :into, tid, oid, deed, at from case_requester where case_id = :id on conflict do nothing""")
        .param("into", into.id())
        .param("id", caseId)
        .update();
    return new Merged(into.id(), add(into, from.severity(), from.allTactics(), false));
  }

  /** The cases that were merged into this one, directly or by way of another. */
  public List<String> mergedInto(String caseId) {
    return jdbc.sql(
            """
            with recursive merged(id) as (
              select id from incident_case where merged_into = :id
              union select c.id from incident_case c join merged on c.merged_into = merged.id)
            select id from merged where id <> :id order by id""")
        .param("id", caseId)
        .query(String.class)
        .list();
  }

  /**
   * Lets a case be about another machine too: alerts about that machine join this case from now on. When it has an open
   * case of its own, that one is merged into this.
   *
   * @param own the machine's own case, or null
   * @return false when the machine has a case of its own that the caller does not know of; then nothing may be kept
   */
  public boolean alsoAbout(String caseId, String mdeDeviceId, String arcId, String own) {
    List<String> names = List.of("mde:" + mdeDeviceId, "arc:" + arcId);
    locks.lock(names);
    Map<String, LockedCase> locked = lock(own == null ? List.of(caseId) : List.of(caseId, own), open -> Set.of());
    if (!locked.values().stream().allMatch(LockedCase::open)) {
      throw new IllegalStateException("a case was closed meanwhile");
    }
    if (own == null) {
      know(caseId, names);
    } else {
      merge(own, locked.get(caseId), names);
    }
    return otherCase(caseId, names).isEmpty();
  }

  /** The open case that is about this machine, if there is one. */
  public Optional<String> openCaseOfMachine(String mdeDeviceId, String arcId) {
    return otherCase("", List.of("mde:" + mdeDeviceId, "arc:" + arcId));
  }

  /** The open case that still works on the machine with this name; one that does not gives the machine up. */
  Optional<String> workingCaseNamed(String alias, Function<Collection<String>, Set<String>> works) {
    return otherCase("", List.of(alias)).flatMap(other -> lockWorking(other, works)).map(LockedCase::id);
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

  /** Closes a case with an outcome code; a closed case stays as it is. Returns whether it was open. */
  public boolean close(String caseId, String outcome) {
    int closed =
        jdbc.sql("update incident_case set state = 'CLOSED', outcome = :outcome, closed_at = :at where id = :id and state = 'OPEN'")
            .param("outcome", outcome)
            .param("at", SqlTime.of(clock.instant()))
            .param("id", caseId)
            .update();
    giveUpMachine(caseId);
    return closed == 1;
  }

  /** Whether an alert came into the case after this moment, from outside or with another case that was merged into it. */
  public boolean hasAlertSince(String caseId, Instant moment) {
    return jdbc.sql(
            """
            select exists (select 1 from alert where case_id = :id and received_at > :moment)
                or exists (select 1 from incident_case where merged_into = :id and closed_at > :moment)""")
        .param("id", caseId)
        .param("moment", SqlTime.of(moment))
        .query(Boolean.class)
        .single();
  }

  /** How grave the case is; no alert makes it graver before the caller's transaction ends. */
  public String lockSeverity(String caseId) {
    return jdbc.sql("select severity from incident_case where id = :id for no key update").param("id", caseId).query(String.class).single();
  }

  private Optional<String> otherCase(String caseId, Collection<String> names) {
    return jdbc.sql("select case_id from case_alias where open and alias in (:names) and case_id <> :id order by case_id limit 1")
        .param("names", names)
        .param("id", caseId)
        .query(String.class)
        .optional();
  }

  /**
   * These cases by id, locked until the caller's transaction ends, always in the same order.
   *
   * @param works those of some open cases that still work on their machine
   */
  Map<String, LockedCase> lock(Collection<String> ids, Function<Collection<String>, Set<String>> works) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    List<LockedCase> locked =
        jdbc.sql(
                """
                select id, state = 'OPEN' as open, false as works, severity, tactics, mde_device_id is not null as machine_known
                  from incident_case where id = any(:ids) order by id for no key update""")
            .param("ids", ids.toArray(String[]::new))
            .query(LockedCase.class)
            .list();
    // asked only now: what it says holds as long as the locks do
    Set<String> working = works.apply(locked.stream().filter(LockedCase::open).map(LockedCase::id).toList());
    return locked.stream().map(one -> one.works(working.contains(one.id()))).collect(Collectors.toMap(LockedCase::id, one -> one));
  }

  private Optional<LockedCase> lockWorking(String caseId, Function<Collection<String>, Set<String>> works) {
    LockedCase one = lock(List.of(caseId), works).get(caseId);
    if (one.open() && !one.works()) {
      giveUpMachine(caseId);
    }
    return Optional.of(one).filter(LockedCase::works);
  }

  /** The machine of a case is free for another one. */
  void giveUpMachine(String caseId) {
    jdbc.sql("update case_alias set open = false where case_id = :id").param("id", caseId).update();
  }

  String open(IncomingAlert alert) {
    return open(alert.severity(), String.join(",", alert.tactics()), alert.detector(), alert.aliases());
  }

  /** A case of a person's making: how grave it is and what saw it are not known, which the policy takes for the worst. */
  String openByHand(String alias) {
    return open("UNKNOWN", "", "UNKNOWN", List.of(alias));
  }

  private String open(String severity, String tactics, String detector, Collection<String> aliases) {
    String id = ids.next("c");
    jdbc.sql(
            """
            insert into incident_case (id, state, severity, tactics, detector, opened_at)
            values (:id, 'OPEN', :severity, :tactics, :detector, :at)""")
        .param("id", id)
        .param("severity", severity)
        .param("tactics", tactics)
        .param("detector", detector)
        .param("at", SqlTime.of(clock.instant()))
        .update();
    know(id, aliases);
    return id;
  }

  /**
   * Adds what an alert says to an open case.
   *
   * @param known whether it is news about an alert, or a copy of a detection, that is in the case: its tactics are no new ones
   * @return whether the case is graver than before: a higher severity, or a tactic it did not have
   */
  boolean add(LockedCase open, IncomingAlert alert, boolean known) {
    if (!open.machineKnown()) {
      know(open.id(), alert.aliases());
    }
    return add(open, alert.severity(), alert.tactics(), known);
  }

  private boolean add(LockedCase open, String severity, Set<String> tactics, boolean known) {
    Set<String> all = open.allTactics();
    boolean newTactic = all.addAll(tactics);
    boolean graver = Severity.isGraver(severity, open.severity());
    if (newTactic || graver) {
      jdbc.sql("update incident_case set severity = :severity, tactics = :tactics where id = :id")
          .param("severity", Severity.graver(open.severity(), severity))
          .param("tactics", String.join(",", all))
          .param("id", open.id())
          .update();
    }
    return graver || newTactic && !known;
  }

  /** A name that another open case has stays with that one; the two are merged once the machine is known. */
  private void know(String caseId, Collection<String> aliases) {
    if (!aliases.isEmpty()) {
      jdbc.sql("insert into case_alias (alias, case_id, open) select alias, :id, true from unnest(:aliases) as alias on conflict do nothing")
          .param("aliases", aliases.toArray(String[]::new))
          .param("id", caseId)
          .update();
    }
  }
}
