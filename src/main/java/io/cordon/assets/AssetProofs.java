package io.cordon.assets;

import io.cordon.platform.time.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The proof of identity of each case, the latest one. */
public class AssetProofs {
  private final JdbcClient jdbc;
  private final Clock clock;

  AssetProofs(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Keeps the proof of a case in the caller's transaction; an earlier one is replaced. */
  public void keep(String caseId, AssetProof proof) {
    jdbc.sql("delete from asset_proof where case_id = :case").param("case", caseId).update();
    jdbc.sql(
            """
            insert into asset_proof (case_id, arc_id, mde_device_id, sources, onboarding, health, os, arc_status, capability,
                                     warnings, read_at, stale, register_revision, proved_at)
            values (:case, :arc, :mde, :sources, :onboarding, :health, :os, :status, :capability,
                    :warnings, :readAt, :stale, :revision, :at)""")
        .param("case", caseId)
        .param("arc", proof.arcId())
        .param("mde", proof.mdeDeviceId())
        .param("sources", names(proof.sources()))
        .param("onboarding", proof.onboarding())
        .param("health", proof.health())
        .param("os", proof.os())
        .param("status", proof.arcStatus())
        .param("capability", proof.capability().name())
        .param("warnings", names(proof.warnings()))
        .param("readAt", SqlTime.of(proof.readAt()))
        .param("stale", proof.stale())
        .param("revision", proof.registerRevision())
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }

  /** The proof of a case, empty while its machine is not known. */
  public Optional<AssetProof> find(String caseId) {
    return jdbc.sql("select * from asset_proof where case_id = :case").param("case", caseId).query(AssetProofs::proof).optional();
  }

  private static AssetProof proof(ResultSet row, int number) throws SQLException {
    return new AssetProof(
        row.getString("arc_id"),
        row.getString("mde_device_id"),
        values(row.getString("sources"), IdentitySource::valueOf),
        row.getString("onboarding"),
        row.getString("health"),
        row.getString("os"),
        row.getString("arc_status"),
        Capability.valueOf(row.getString("capability")),
        values(row.getString("warnings"), AssetWarning::valueOf),
        row.getTimestamp("read_at").toInstant(),
        row.getBoolean("stale"),
        row.getInt("register_revision"));
  }

  static String names(Collection<? extends Enum<?>> codes) {
    return codes.stream().map(Enum::name).collect(Collectors.joining(","));
  }

  private static <T> List<T> values(String names, Function<String, T> value) {
    return names.isEmpty() ? List.of() : Arrays.stream(names.split(",")).map(value).toList();
  }
}
