package io.cordon.testing;

import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The machine of the played world as the register must have it for the policy to believe that it is for development. */
public final class DevelopmentMachine {
  private DevelopmentMachine() {}

  /** Puts it in the register, as if two administrators had. */
  public static void register(JdbcClient jdbc) {
    forget(jdbc);
    jdbc.sql(
            """
            insert into asset_register (arc_id, clinical_service, env, contains_phi, egress, revision, changed_at)
            values (:arc, 'PACS', 'Dev', 'false', 'DIRECT', 1, :at)""")
        .param("arc", OutsideWorld.ARC)
        .param("at", OffsetDateTime.parse("2026-01-01T00:00:00Z"))
        .update();
  }

  /** Takes it out of the register again. */
  public static void forget(JdbcClient jdbc) {
    jdbc.sql("delete from asset_register where arc_id = :arc").param("arc", OutsideWorld.ARC).update();
  }
}
