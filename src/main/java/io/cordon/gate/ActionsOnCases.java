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

  /** By case id, those in which something was agreed to; one statement. */
  public Map<String, ActionsOnCase> of(Collection<String> caseIds) {
    if (caseIds.isEmpty()) {
      return Map.of();
    }
    return jdbc.sql(
            """
            select distinct on (a.case_id) a.case_id, a.window_from, a.window_to,
                   exists (select 1 from execution_permit p where p.case_id = a.case_id and p.settled_at is null) as moving,
                   exists (select 1 from execution_permit i
                            where i.case_id = a.case_id and i.action = 'ISOLATE' and i.state = 'SUCCEEDED'
                              and not exists (select 1 from execution_permit u
                                               where u.approval_id = i.approval_id and u.target_ordinal = i.target_ordinal
                                                 and u.action = 'UNISOLATE' and u.state = 'SUCCEEDED')) as isolated
              from approval_request a where a.case_id = any(:cases) and a.state = 'GRANTED'
             order by a.case_id, a.window_to desc nulls last""")
        .param("cases", caseIds.toArray(String[]::new))
        .query(ActionsOnCase.class)
        .list()
        .stream()
        .collect(Collectors.toMap(ActionsOnCase::caseId, one -> one));
  }
}
