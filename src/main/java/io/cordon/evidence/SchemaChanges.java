package io.cordon.evidence;

import io.cordon.platform.mode.OperatingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.stereotype.Component;

/** Makes every change of the tables an entry in the log, in the transaction of that change. */
@Component
public final class SchemaChanges implements Callback {
  private final Clock clock;

  SchemaChanges(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      if (logExists(context.getConnection())) {
        stage(context.getConnection(), EvidenceEvent.ofSystem(EvidenceType.CONFIG_CHANGED, facts(context.getMigrationInfo())));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the change of the tables could not be recorded", e);
    }
  }

  @Override
  public String getCallbackName() {
    return "evidence of schema changes";
  }

  private static Map<String, Object> facts(MigrationInfo migration) {
    Map<String, Object> facts = new HashMap<>(Map.of("what", "SCHEMA"));
    if (migration.getVersion() != null) {
      facts.put("version", migration.getVersion().toString());
    }
    if (migration.getChecksum() != null) {
      facts.put("checksum", migration.getChecksum());
    }
    return facts;
  }

  // the tables of the log are themselves made by a migration
  private static boolean logExists(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet found = statement.executeQuery("select to_regclass('evidence_stage') is not null")) {
      return found.next() && found.getBoolean(1);
    }
  }

  private void stage(Connection connection, EvidenceEvent event) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("insert into evidence_stage (id, type, body) values (?, ?, ?)")) {
      insert.setObject(1, UUID.randomUUID());
      insert.setString(2, event.type().name());
      insert.setBytes(3, Envelope.withoutSeq(event, clock.instant(), OperatingMode.LIVE));
      insert.executeUpdate();
    }
  }
}
