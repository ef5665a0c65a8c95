package io.cordon.assets.register;

import io.cordon.platform.time.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The register as it is in force. */
public class AssetRegister {
  private final JdbcClient jdbc;
  private final Clock clock;

  AssetRegister(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The entry of the machine with this Arc id. */
  public Optional<RegisterEntry> find(String arcId) {
    return jdbc.sql("select * from asset_register where arc_id = :id").param("id", arcId).query(AssetRegister::entry).optional();
  }

  /** Every entry, by Arc id. */
  public List<RegisterEntry> all() {
    return jdbc.sql("select * from asset_register order by arc_id").query(AssetRegister::entry).list();
  }

  /** Every entry as a YAML file that {@link RegisterChanges#propose} takes. */
  public String export() {
    return RegisterYaml.write(all());
  }

  /** Keeps everybody else from changing the register until the caller's transaction ends. */
  Map<String, RegisterEntry> lock() {
    jdbc.sql("lock table asset_register in share row exclusive mode").update();
    Map<String, RegisterEntry> entries = new LinkedHashMap<>();
    all().forEach(entry -> entries.put(entry.arcId(), entry));
    return entries;
  }

  /** Makes room for a machine about which nothing is said yet. */
  void add(String arcId) {
    jdbc.sql("insert into asset_register (arc_id, revision, changed_at) values (:id, 0, :at)")
        .param("id", arcId)
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }

  /** Raises the revision of an entry by one. */
  void raise(String arcId) {
    jdbc.sql("update asset_register set revision = revision + 1, changed_at = :at where arc_id = :id")
        .param("id", arcId)
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }

  void set(FieldChange change) {
    jdbc.sql("update asset_register set " + change.field().column() + " = :value where arc_id = :id")
        .param("value", change.to())
        .param("id", change.arcId())
        .update();
  }

  private static RegisterEntry entry(ResultSet row, int number) throws SQLException {
    Map<RegisterField, String> values = new EnumMap<>(RegisterField.class);
    for (RegisterField field : RegisterField.values()) {
      Optional.ofNullable(row.getString(field.column())).ifPresent(value -> values.put(field, value));
    }
    return new RegisterEntry(row.getString("arc_id"), row.getInt("revision"), values);
  }
}
