package io.cordon.containment.watch;

import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The actions made past Cordon that were noticed, and what is to be said of them. */
public class OutOfBandActions {
  private static final String SELECT =
      "select mde_action_id, mde_device_id, action, state, case_id, made, seen_at from out_of_band_action\s";
  private static final String STANDS =
      """
      o.action = 'ISOLATE' and o.state in ('PENDING', 'SUCCEEDED')
        and not exists (select 1 from out_of_band_action r where r.mde_device_id = o.mde_device_id and r.action = 'UNISOLATE'
                         and r.state = 'SUCCEEDED' and r.made >= o.made)
        and not exists (select 1 from execution_permit p where p.mde_device_id = o.mde_device_id and p.action = 'UNISOLATE'
                         and p.state = 'SUCCEEDED' and p.intended_at >= o.made)""";

  private final JdbcClient jdbc;

  OutOfBandActions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those about a case's machine, oldest first. */
  public List<OutOfBandAction> ofCase(String caseId) {
    return jdbc.sql(SELECT + "where case_id = :case order by made, mde_action_id limit 200").param("case", caseId).query(OutOfBandAction.class).list();
  }

  /** How many machines were isolated past Cordon and not released since, unless their case was closed since. */
  public int standing() {
    return jdbc.sql(
            "select count(distinct o.mde_device_id) from out_of_band_action o left join incident_case c on c.id = o.case_id where (c.id is null or c.state <> 'CLOSED') and "
                + STANDS)
        .query(Integer.class)
        .single();
  }

  /** Whether the machine of this case was isolated past Cordon and not released since. */
  public boolean standsOnMachineOf(String caseId) {
    return jdbc.sql(
            "select exists (select 1 from out_of_band_action o where o.mde_device_id = (select mde_device_id from incident_case where id = :case) and "
                + STANDS + ")")
        .param("case", caseId)
        .query(Boolean.class)
        .single();
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
                or exists (select 1 from execution_permit where mde_device_id = :machine and action = 'UNISOLATE' and state = 'SUCCEEDED' and intended_at >= :moment)""")
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

  /** Those that Defender has not finished, to be looked at again. */
  List<OutOfBandAction> pending() {
    return jdbc.sql(SELECT + "where state = 'PENDING' order by seen_at limit 100").query(OutOfBandAction.class).list();
  }

  Optional<OutOfBandAction> find(String mdeActionId) {
    return jdbc.sql(SELECT + "where mde_action_id = :id").param("id", mdeActionId).query(OutOfBandAction.class).optional();
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

  /** Writes it, or that it came to an end; false when that was known. */
  boolean record(OutOfBandAction noticed) {
    return jdbc.sql(
            """
            insert into out_of_band_action (mde_action_id, mde_device_id, action, state, case_id, made, seen_at)
            values (:id, :machine, :action, :state, :case, :made, :seen)
            on conflict (mde_action_id) do update set state = excluded.state, case_id = coalesce(out_of_band_action.case_id, excluded.case_id)
             where out_of_band_action.state = 'PENDING' and excluded.state <> 'PENDING'""")
        .param("id", noticed.mdeActionId())
        .param("machine", noticed.mdeDeviceId())
        .param("action", noticed.action())
        .param("state", noticed.state())
        .param("case", noticed.caseId())
        .param("made", SqlTime.of(noticed.made() == null ? noticed.seenAt() : noticed.made()))
        .param("seen", SqlTime.of(noticed.seenAt()))
        .update() == 1;
  }
}
