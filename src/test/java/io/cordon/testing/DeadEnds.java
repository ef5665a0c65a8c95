package io.cordon.testing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Nothing waits on nothing (invariant I6): looks at the engine's and the gate's tables after every commit, so at every state
 * that a test reaches, whether each open case has a due timer, a waiting person with a deadline, work to do or an incident.
 */
public final class DeadEnds implements TransactionExecutionListener {
  /** Each finds what must not be; what it is called comes first. Who arrived at a join waits for the others, which wait for something. */
  private static final List<String> RULES =
      List.of(
          """
          select 'open case without a process: ' || c.id from incident_case c
           where c.state = 'OPEN' and not exists (select 1 from act_ru_execution where business_key_ = c.id)
             and c.id not like 'c-other-%' /* written by a test that needs no more of them */""",
          """
          select 'place that waits on nothing: ' || e.act_id_ from act_ru_execution e
           where not exists (select 1 from act_ru_execution c where c.parent_id_ = e.id_ or c.super_exec_ = e.id_)
             and not exists (select 1 from act_ru_task where execution_id_ = e.id_)
             and not exists (select 1 from act_ru_job where execution_id_ = e.id_)
             and not exists (select 1 from act_ru_ext_task where execution_id_ = e.id_)
             and not exists (select 1 from act_ru_incident where execution_id_ = e.id_)
             and not (not e.is_active_ and exists (select 1 from act_ru_execution s where s.parent_id_ = e.parent_id_ and s.id_ <> e.id_ and s.is_concurrent_))""",
          """
          select 'work that is not tried again and no incident: ' || j.id_ from act_ru_job j
           where j.retries_ <= 0 and not exists (select 1 from act_ru_incident i where i.configuration_ = j.id_)""",
          """
          select 'outside work that is not tried again and no incident: ' || t.topic_name_ from act_ru_ext_task t
           where t.retries_ <= 0 and not exists (select 1 from act_ru_incident i where i.configuration_ = t.id_)""",
          """
          select 'incident that nobody is told about: ' || i.activity_id_ from act_ru_incident i join act_ru_execution p on p.id_ = i.proc_inst_id_ and p.business_key_ is not null
           where not exists (select 1 from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_
                              where e.root_proc_inst_id_ = p.root_proc_inst_id_ and j.duedate_ is not null and j.retries_ > 0)""",
          """
          select 'task of nobody: ' || t.task_def_key_ from act_ru_task t
           where t.assignee_ is null and not exists (select 1 from act_ru_identitylink l where l.task_id_ = t.id_ and l.group_id_ is not null)""",
          """
          select 'task without a deadline: ' || t.task_def_key_ from act_ru_task t
           where t.due_date_ is null and not exists (select 1 from act_ru_job j where j.process_instance_id_ = t.proc_inst_id_ and j.duedate_ is not null)""",
          """
          select 'request that nobody can answer: ' || a.id from approval_request a
           where a.state in ('PENDING', 'HELD') and exists (select 1 from incident_case c where c.id = a.case_id and c.state = 'OPEN') and not exists (select 1 from act_ru_task where proc_inst_id_ = a.process_instance and task_def_key_ = 'userTask_decide')""",
          """
          select 'request that never expires: ' || a.id from approval_request a
           where a.state in ('PENDING', 'HELD') and exists (select 1 from incident_case c where c.id = a.case_id and c.state = 'OPEN')
             and not exists (select 1 from act_ru_job j where j.process_instance_id_ = a.process_instance and j.duedate_ <= a.answer_deadline + interval '1 second')""",
          """
          select 'action that nobody follows: ' || p.id || ' ' || p.state from execution_permit p join incident_case c on c.id = p.case_id
           where p.settled_at is null and c.state = 'OPEN' and not exists (select 1 from act_ru_execution where business_key_ = p.case_id)""");

  private static final Set<String> FOUND = new ConcurrentSkipListSet<>();

  private final DataSource database;

  DeadEnds(DataSource database) {
    this.database = database;
  }

  @Override
  public void afterCommit(TransactionExecution transaction, Throwable failure) {
    try (var connection = database.getConnection(); var statement = connection.createStatement()) {
      if (hasEngine(statement)) {
        ResultSet rows = statement.executeQuery(String.join(" union all ", RULES));
        while (rows.next()) {
          FOUND.add(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("nobody can tell whether there is a dead end", e);
    }
  }

  private static boolean hasEngine(Statement statement) throws SQLException {
    ResultSet answer = statement.executeQuery("select to_regclass('act_ru_execution') is not null and to_regclass('execution_permit') is not null");
    return answer.next() && answer.getBoolean(1);
  }

  /** Fails a test in which there was one at any moment. */
  public static final class Watch implements BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext test) {
      FOUND.clear();
    }

    @Override
    public void afterEach(ExtensionContext test) {
      Assertions.assertEquals(Set.of(), Set.copyOf(FOUND), "dead ends");
    }
  }
}
