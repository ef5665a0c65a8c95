package io.cordon.testing;

import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The machine of the played world as the register has it: the policy believes no tag that loosens or forbids. */
public final class RegisteredMachine {
  private RegisteredMachine() {}

  /** Says, as two administrators can, that it is for development. */
  public static void asDevelopment(JdbcClient jdbc) {
    insert(jdbc, "Dev", "false", null);
  }

  /** Says that it is never to be isolated. */
  public static void forbid(JdbcClient jdbc) {
    insert(jdbc, "Prod", "true", "true");
  }

  /** Says at which FHIR location its patients are. */
  public static void withPatients(JdbcClient jdbc, String location) {
    insert(jdbc, "Prod", "true", null);
    jdbc.sql("update asset_register set fhir_locations = :location where arc_id = :arc").param("location", location).param("arc", OutsideWorld.ARC).update();
  }

  private static void insert(JdbcClient jdbc, String env, String containsPhi, String neverIsolate) {
    forget(jdbc);
    jdbc.sql(
            """
            insert into asset_register (arc_id, clinical_service, env, contains_phi, egress, never_isolate, revision, changed_at)
            values (:arc, 'PACS', :env, :phi, 'DIRECT', :never, 1, :at)""")
        .param("arc", OutsideWorld.ARC)
        .param("env", env)
        .param("phi", containsPhi)
        .param("never", neverIsolate)
        .param("at", OffsetDateTime.parse("2026-01-01T00:00:00Z"))
        .update();
  }

  /** Takes it out of the register again. */
  public static void forget(JdbcClient jdbc) {
    jdbc.sql("delete from asset_register where arc_id = :arc").param("arc", OutsideWorld.ARC).update();
  }
}
