package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.evidence.VerifyCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What must hold after any crash, asked of the database, of the simulated Defender and of the evidence. */
final class Invariants {
  private static final String LOGGED =
      """
      with logged as (select seq, type, convert_from(leaf, 'UTF8')::jsonb -> 'data' ->> 'permit' as permit from evidence_entry),
      facts as (
        select p.id, p.state, p.sent_at,
               array(select seq from logged where permit = p.id and type = 'ACTION_INTENT') as intents,
               array(select seq from logged where permit = p.id
                      and type in ('ACTION_RESULT', 'ACTION_CANCELLED', 'ACTION_UNRESOLVED', 'ACTION_DEVIATION')) as results
          from execution_permit p where p.action = 'ISOLATE')
      select id || ' ' || state || ' intents ' || intents::text || ' results ' || results::text from facts where\s""";

  private Invariants() {}

  /** I2, on the other side: what Defender took. */
  static void atMostOneIsolationAPermit(CrashWorld world) {
    List<String> taken = world.sandbox.mde.isolations();
    List<String> tokens = world.jdbc.sql("select token from execution_permit where action = 'ISOLATE'").query(String.class).list();
    assertThat(taken).as("isolations without a permit").allMatch(comment -> tokens.stream().anyMatch(comment::startsWith));
    assertThat(tokens).as("permits with more than one isolation")
        .allMatch(token -> taken.stream().filter(comment -> comment.startsWith(token)).count() <= 1);
  }

  /** I4: one intent, signed before the call; one result or an explicit UNRESOLVED after it. */
  static void oneIntentBeforeAndOneResultAfter(CrashWorld world) {
    CrashWorld.await("everything is sequenced",
        () -> world.jdbc.sql("select count(*) from evidence_stage where state = 'STAGED'").query(Long.class).single() == 0);
    assertThat(world.jdbc.sql(LOGGED + "cardinality(intents) <> 1 or cardinality(results) <> 1 or intents[1] >= results[1]").query(String.class).list())
        .as("permits without one intent and one result after it").isEmpty();
    assertThat(world.jdbc.sql(LOGGED + "sent_at < (select min(at) from evidence_checkpoint where size > intents[1])").query(String.class).list())
        .as("sent before the intent was signed").isEmpty();
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
