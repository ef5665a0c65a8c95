package io.cordon.evidence.anchors;

import io.cordon.evidence.EvidenceType;
import io.cordon.platform.time.SqlTime;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which checkpoints there are, and which of them each store keeps. */
final class AnchorBook {
  private final JdbcClient jdbc;

  AnchorBook(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A signed checkpoint as text, its number of entries and when it was signed, UTC. */
  record Signed(long size, String note, Instant at) {}

  /** The newest that a store keeps: its number of entries and when it was kept, UTC. */
  record Kept(long size, Instant at) {}

  Optional<Signed> newest() {
    return jdbc.sql("select size, note, at from evidence_checkpoint order by size desc limit 1").query(Signed.class).optional();
  }

  /** When the first checkpoint with more entries than these was signed. */
  Optional<Instant> firstAfter(long size) {
    return jdbc.sql("select at from evidence_checkpoint where size > ? order by size limit 1").param(size)
        .query((row, number) -> row.getTimestamp(1).toInstant()).optional();
  }

  Kept kept(String store) {
    return jdbc.sql("select size, at from evidence_anchor where store = ? order by size desc limit 1").param(store)
        .query(Kept.class).optional().orElse(new Kept(0, Instant.EPOCH));
  }

  void keep(String store, long size, Instant at) {
    jdbc.sql("insert into evidence_anchor (store, size, at) values (?, ?, ?) on conflict do nothing")
        .params(store, size, SqlTime.of(at)).update();
  }

  /** Whether an entry of one of these types lies between the two sizes. */
  boolean has(Collection<EvidenceType> types, long from, long to) {
    return jdbc.sql("select exists (select from evidence_entry where seq >= :from and seq < :to and type in (:types))")
        .param("from", from).param("to", to).param("types", types.stream().map(Enum::name).toList())
        .query(Boolean.class).single();
  }
}
