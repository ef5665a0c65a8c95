package io.cordon.gate;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far what was agreed to has come, in many cases at once. */
public class ActionsOnCases {
  private final JdbcClient jdbc;

  ActionsOnCases(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** By case id; one statement. What shadow held back did nothing to a machine, and a release in the Defender portal is one. */
  public Map<String, ActionsOnCase> of(Collection<String> caseIds) {
    if (caseIds.isEmpty()) {
      return Map.of();
    }
    return jdbc.sql(
            """
            select c.id as case_id, g.window_from, g.too_late_at,
                   exists (select 1 from execution_permit p where p.case_id = c.id and p.settled_at is null) as moving,
                   exists (select 1 from execution_permit i
                            where i.case_id = c.id and i.action = 'ISOLATE' and i.state = 'SUCCEEDED' and coalesce(i.mde_action_id, '') not like 'shadow-%'
                              and not exists (select 1 from execution_permit u
                                               where u.approval_id = i.approval_id and u.target_ordinal = i.target_ordinal
                                                 and u.action = 'UNISOLATE' and u.state = 'SUCCEEDED')
                              and not exists (select 1 from out_of_band_action o
                                               where o.mde_device_id = i.mde_device_id and o.action = 'UNISOLATE' and o.state = 'SUCCEEDED'
                                                 and o.made > i.intended_at)) as isolated
              from unnest(:cases::text[]) as c (id)
              left join lateral (select a.window_from, least(a.window_to, a.back_by) as too_late_at from approval_request a
                                  where a.case_id = c.id and a.state = 'GRANTED' order by too_late_at desc nulls last limit 1) g on true""")
        .param("cases", caseIds.toArray(String[]::new))
        .query(ActionsOnCase.class)
        .list()
        .stream()
        .collect(Collectors.toMap(ActionsOnCase::caseId, one -> one));
  }
}
