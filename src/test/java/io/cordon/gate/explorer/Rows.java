package io.cordon.gate.explorer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.jdbc.core.JdbcTemplate;

/** All tables as JSON, and back again: whatever column or table the gate gets, it belongs to the state. */
final class Rows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> INTENTS_ONLY = Set.of("evidence_stage", "evidence_entry");
  /** Every table but those that only intake, channels, the register and the log's own signer fill. */
  private static final String TABLES =
      """
      select table_name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('flyway_schema_history', 'evidence_tree_state')
         and table_name !~ '^(alert|case_alias|asset|register|sealed|support|source|mde_call|teams|page|policy)'
       order by table_name""";

  private final JdbcTemplate jdbc;
  private final List<String> tables;
  private final String read;

  Rows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.tables = jdbc.queryForList(TABLES, String.class);
    this.read =
        tables.stream()
            .map(table -> "'" + table + "', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from " + table + " t)")
            .collect(Collectors.joining(", ", "select jsonb_build_object(", ")::text"));
  }

  /** What every table holds now, in the caller's transaction. */
  ObjectNode read() {
    try {
      return (ObjectNode) JSON.readTree(jdbc.query(connection -> connection.prepareStatement(read), (row, n) -> row.getString(1)).get(0));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same without the evidence that decides nothing later: only that of intents is asked for again. */
  static ObjectNode remembered(ObjectNode all) {
    Set<String> intents = texts(all.path("execution_permit"), "intent_stage");
    ObjectNode kept = all.objectNode();
    kept.setAll(all);
    INTENTS_ONLY.forEach(table -> {
      ArrayNode few = kept.putArray(table);
      all.path(table).forEach(row -> {
        if (intents.contains(row.path(table.equals("evidence_stage") ? "id" : "stage_id").asText())) {
          few.add(row);
        }
      });
    });
    return kept;
  }

  static Set<String> texts(JsonNode rows, String column) {
    return StreamSupport.stream(rows.spliterator(), false).map(row -> row.path(column).asText()).collect(Collectors.toSet());
  }

  /** Puts the tables that differ from what is there into this state; keys and triggers look away meanwhile. */
  void write(ObjectNode now, ObjectNode wanted) {
    StringBuilder sql = new StringBuilder("set local session_replication_role = replica;");
    for (String table : tables) {
      if (!now.path(table).equals(wanted.path(table))) {
        // the log takes no deletions, and nothing of it is in the way
        if (!now.path(table).isEmpty() && !INTENTS_ONLY.contains(table)) {
          sql.append("delete from ").append(table).append(';');
        }
        sql.append("insert into ").append(table).append(" overriding system value select * from jsonb_populate_recordset(null::")
            .append(table).append(", '").append(wanted.path(table).toString().replace("'", "''")).append("');");
      }
    }
    jdbc.execute(sql.append("set local session_replication_role = origin").toString());
  }
}
