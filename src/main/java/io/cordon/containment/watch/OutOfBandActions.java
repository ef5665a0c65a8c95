package io.cordon.containment.watch;

import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The actions made past Cordon that were noticed, and what is to be said of them. */
public class OutOfBandActions {
  private static final String SELECT =
      """
      select o.mde_action_id, o.mde_device_id, o.action, o.state, o.case_id, o.made, o.seen_at,
             exists (select 1 from execution_permit i where i.mde_device_id = o.mde_device_id and i.mde_action_id = o.mde_action_id)
               or exists (select 1 from late_found f where f.mde_action_id = o.mde_action_id) as late
        from out_of_band_action o\s""";
  /** A release counts once the isolation was final: Defender may finish the two in another order than they were asked for (contract mde, section 10.5). */
  private static final String STANDS =
      """
      o.action = 'ISOLATE' and o.state in ('PENDING', 'SUCCEEDED', 'UNRESOLVED') and o.needs_none_at is null
        and (o.state = 'PENDING'
          or not exists (select 1 from out_of_band_action r where r.mde_device_id = o.mde_device_id and r.action = 'UNISOLATE'
                          and r.state = 'SUCCEEDED' and r.made >= coalesce(o.ended, o.made))
         and not exists (select 1 from execution_permit p where p.mde_device_id = o.mde_device_id and p.action = 'UNISOLATE'
                          and p.state = 'SUCCEEDED' and coalesce(p.mde_action_id, '') not like 'shadow-%'
                          and p.intended_at >= coalesce(o.ended, o.made)))""";
  /** On a machine of the case: its own, one it contains together with others, or one that it or a case merged into it was open on. */
  private static final String OF_CASE =
      """
      (o.case_id = :case or o.case_id in (select id from incident_case where merged_into = :case) or o.mde_device_id = (select mde_device_id from incident_case where id = :case)
        or o.mde_device_id in (select mde_device_id from campaign_target where case_id = :case))""";

  private final JdbcClient jdbc;

  private final Clock clock;

  OutOfBandActions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Those noticed while a case was open on their machine, and whatever still stands on its machines; oldest first. */
  public List<OutOfBandAction> ofCase(String caseId) {
    return jdbc.sql(SELECT + "where o.case_id = :case or " + OF_CASE + " and " + STANDS + " order by o.made, o.mde_action_id limit 200")
        .param("case", caseId)
        .query(OutOfBandAction.class)
        .list();
  }

  /** How many machines were isolated past Cordon and not released since, whatever became of their cases. */
  public int standing() {
    return jdbc.sql("select count(distinct o.mde_device_id) from out_of_band_action o where " + STANDS).query(Integer.class).single();
  }

  /** Whether a machine of this open case was isolated past Cordon and not released since. */
  public boolean standsOnMachinesOf(String caseId) {
    return jdbc.sql(
            "select exists (select 1 from incident_case c join out_of_band_action o on " + OF_CASE + " where c.id = :case and c.state = 'OPEN' and " + STANDS + ")")
        .param("case", caseId)
        .query(Boolean.class)
        .single();
  }

  /**
   * Somebody said that no machine of this case needs a release any more: what stood on them when they were asked counts as over. In
   * the caller's transaction.
   */
  public void needsNoRelease(String caseId, Instant asked) {
    jdbc.sql("update out_of_band_action o set needs_none_at = :now where greatest(o.seen_at, o.ended) <= :asked and " + OF_CASE + " and " + STANDS)
        .param("case", caseId)
        .param("asked", SqlTime.of(asked))
        .param("now", SqlTime.of(clock.instant()))
        .update();
  }

  /** Whether this machine was isolated past Cordon and not released since. */
  public boolean standsOn(String mdeDeviceId) {
    return jdbc.sql("select exists (select 1 from out_of_band_action o where o.mde_device_id = :machine and " + STANDS + ")")
        .param("machine", mdeDeviceId)
        .query(Boolean.class)
        .single();
  }

  /** Whether a machine was released since then, past Cordon or by it. */
  boolean isReleasedSince(String mdeDeviceId, Instant moment) {
    return jdbc.sql(
            """
            select exists (select 1 from out_of_band_action where mde_device_id = :machine and action = 'UNISOLATE' and state = 'SUCCEEDED' and made >= :moment)
                or exists (select 1 from execution_permit where mde_device_id = :machine and action = 'UNISOLATE' and state = 'SUCCEEDED'
                            and coalesce(mde_action_id, '') not like 'shadow-%' and intended_at >= :moment)""")
        .param("machine", mdeDeviceId)
        .param("moment", SqlTime.of(moment))
        .query(Boolean.class)
        .single();
  }

  /** How many machines of open cases, isolated by Cordon, were released past it and not isolated again. */
  public int released() {
    return jdbc.sql(
            """
            select count(distinct r.mde_device_id) from out_of_band_action r join incident_case c on c.id = r.case_id and c.state = 'OPEN'
             where r.action = 'UNISOLATE' and r.state = 'SUCCEEDED'
               and exists (select 1 from execution_permit p where p.case_id = c.id and p.mde_device_id = r.mde_device_id and p.action = 'ISOLATE')
               and not exists (select 1 from out_of_band_action o where o.mde_device_id = r.mde_device_id and o.action = 'ISOLATE'
                                and o.state = 'SUCCEEDED' and o.made > r.made)""")
        .query(Integer.class)
        .single();
  }

  /** Those that Defender had not finished, the ones first that were looked at longest ago. */
  List<OutOfBandAction> pending(int most) {
    return jdbc.sql(SELECT + "where o.state = 'PENDING' order by o.looked_at, o.mde_action_id limit :most").param("most", most).query(OutOfBandAction.class).list();
  }

  /** Takes the isolation that stands and was looked at longest ago, if that was before then; no other node takes it meanwhile. */
  Optional<OutOfBandAction> takeStanding(Instant looked) {
    Optional<String> taken =
        jdbc.sql(
                """
                update out_of_band_action set looked_at = :now
                 where mde_action_id = (select o.mde_action_id from out_of_band_action o where o.looked_at <= :looked and\s"""
                    + STANDS
                    + " order by o.looked_at, o.mde_action_id limit 1 for update skip locked) returning mde_action_id")
            .param("now", SqlTime.of(clock.instant()))
            .param("looked", SqlTime.of(looked))
            .query(String.class)
            .optional();
    return taken.flatMap(this::find);
  }

  /** Whether this isolation stands. */
  boolean stands(String mdeActionId) {
    return jdbc.sql("select exists (select 1 from out_of_band_action o where o.mde_action_id = :id and " + STANDS + ")")
        .param("id", mdeActionId)
        .query(Boolean.class)
        .single();
  }

  /** From now on it is this case's to look after; false when another node was faster. */
  boolean give(OutOfBandAction action, String caseId) {
    return jdbc.sql("update out_of_band_action set case_id = :case where mde_action_id = :id and case_id is not distinct from :before")
            .param("case", caseId)
            .param("id", action.mdeActionId())
            .param("before", action.caseId())
            .update()
        == 1;
  }

  /** It had its turn, whatever came of it. */
  void looked(String mdeActionId) {
    jdbc.sql("update out_of_band_action set looked_at = :now where mde_action_id = :id").param("now", SqlTime.of(clock.instant())).param("id", mdeActionId).update();
  }

  Optional<OutOfBandAction> find(String mdeActionId) {
    return jdbc.sql(SELECT + "where o.mde_action_id = :id").param("id", mdeActionId).query(OutOfBandAction.class).optional();
  }

  /** Whether a permit stands behind an action: by the id Defender gave it, or by the token its comment begins with. */
  boolean isOurs(String mdeActionId, String mdeDeviceId, String token) {
    return jdbc.sql("select exists (select 1 from execution_permit where mde_device_id = :machine and (mde_action_id = :id or token = :token))")
        .param("machine", mdeDeviceId)
        .param("id", mdeActionId)
        .param("token", token)
        .query(Boolean.class)
        .single();
  }

  /**
   * Writes it, or that it came to an end; false when that was known. That no release is needed was said of what had not run.
   *
   * @param ended when it became final, or null when Defender does not say
   */
  boolean record(OutOfBandAction noticed, Instant ended) {
    return jdbc.sql(
            """
            insert into out_of_band_action (mde_action_id, mde_device_id, action, state, case_id, made, ended, seen_at, looked_at)
            values (:id, :machine, :action, :state, :case, :made, case when :state <> 'PENDING' then :ended::timestamptz end, :seen, :seen)
            on conflict (mde_action_id) do update
               set state = excluded.state, case_id = coalesce(excluded.case_id, out_of_band_action.case_id),
                   ended = coalesce(excluded.ended, excluded.seen_at),
                   needs_none_at = case when excluded.state <> 'SUCCEEDED' then out_of_band_action.needs_none_at end
             where out_of_band_action.state = 'PENDING' and excluded.state <> 'PENDING'""")
        .param("id", noticed.mdeActionId())
        .param("machine", noticed.mdeDeviceId())
        .param("action", noticed.action())
        .param("state", noticed.state())
        .param("case", noticed.caseId())
        .param("made", SqlTime.of(noticed.made() == null ? noticed.seenAt() : noticed.made()))
        .param("ended", SqlTime.of(ended))
        .param("seen", SqlTime.of(noticed.seenAt()))
        .update() == 1;
  }
}
