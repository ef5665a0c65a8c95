package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.evidence.VerifyCommand;
import io.cordon.testing.ActionChecker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** What must hold after any crash, asked of the database, of the simulated Defender and of the evidence. */
final class Invariants {
  private Invariants() {}

  /** I2 and I4, for these cases; I2 of all actions that Defender ever took. */
  static void actsOnce(CrashWorld world, Collection<String> cases) {
    CrashWorld.await("everything is sequenced",
        () -> world.jdbc.sql("select count(*) from evidence_stage where state = 'STAGED'").query(Long.class).single() == 0);
    ActionChecker checker = new ActionChecker(world.jdbc);
    checker.oneActionAPermit(world.sandbox.mde.comments());
    checker.oneIntentBeforeAndOneResultAfter(cases);
  }

  /** I6: every open case has a process, and every place in it a task, a timer, work or an incident. */
  static void nothingWaitsOnNothing(CrashWorld world) {
    assertThat(world.jdbc.sql("select id from incident_case c where state = 'OPEN' and not exists (select 1 from act_ru_execution where business_key_ = c.id)")
        .query(String.class).list()).as("open cases without a process").isEmpty();
    assertThat(world.jdbc.sql(
            """
            select e.act_id_ from act_ru_execution e
             where not exists (select 1 from act_ru_execution c where c.parent_id_ = e.id_ or c.super_exec_ = e.id_)
               and not exists (select 1 from act_ru_task where execution_id_ = e.id_)
               and not exists (select 1 from act_ru_job where execution_id_ = e.id_)
               and not exists (select 1 from act_ru_ext_task where execution_id_ = e.id_)
               and not exists (select 1 from act_ru_incident where execution_id_ = e.id_)""")
        .query(String.class).list()).as("places that wait on nothing").isEmpty();
  }

  /** I7. */
  static void evidenceVerifies(CrashWorld world, Path bundle) throws IOException {
    Files.write(bundle, world.scripts.bytes("aud.one", "/api/evidence/bundle"));
    var report = new ByteArrayOutputStream();
    assertThat(VerifyCommand.run(new String[] {bundle.toString()}, new PrintStream(report, true))).as(report.toString()).isZero();
  }
}
