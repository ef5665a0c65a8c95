package io.cordon.evidence;

import io.cordon.platform.mode.OperatingMode;
import io.cordon.platform.time.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The way in and the way to look. Appending joins the caller's transaction, so a state change and its evidence commit
 * or vanish together; the entry gets its number and its signature later (see {@link EvidencePump}).
 */
public final class EvidenceLog {
  /** The most entries one call of {@link #entries} may ask for. */
  public static final int MAX_PAGE = 1_000;

  /**
   * An entry has its number at most so long after it happened: one that waited beside a database that was away, or was stamped by
   * another clock, is numbered after later ones. Who looks for a period by number looks this far around it.
   */
  public static final Duration NUMBERED_WITHIN = Duration.ofDays(1);

  /** The most entries of one case that one call gives. */
  public static final int CASE_PAGE = 200;

  private static final String COLUMNS = "select seq, type, case_id, leaf, leaf_hash, seq < coalesce((select max(size) from evidence_checkpoint), 0) as checkpointed from evidence_entry ";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final OperatingMode mode;

  /** A log of what is done in earnest. */
  public EvidenceLog(JdbcClient jdbc, Clock clock) {
    this(jdbc, clock, OperatingMode.LIVE);
  }

  /** A log in which every entry says when it was written in another mode than LIVE. */
  public EvidenceLog(JdbcClient jdbc, Clock clock, OperatingMode mode) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.mode = mode;
  }

  /**
   * Stages an event, stamped with the clock in UTC milliseconds.
   *
   * @return the stage id, by which {@link #sequenceOf} and {@link #isCheckpointed} find the entry
   * @throws org.springframework.dao.DataAccessException if it could not be written; the caller must not go on
   */
  public UUID append(EvidenceEvent event) {
    return appendAll(List.of(event)).get(0);
  }

  /** The same for several events of one change, in their order and in one statement. */
  public List<UUID> appendAll(List<EvidenceEvent> events) {
    List<UUID> ids = events.stream().map(event -> UUID.randomUUID()).toList();
    Instant at = clock.instant();
    jdbc.sql("""
            insert into evidence_stage (id, type, case_id, body) select id::uuid, type, case_id, body
              from unnest(:ids, :types, :cases, :bodies) with ordinality as event (id, type, case_id, body, n) order by n""")
        .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
        .param("types", events.stream().map(event -> event.type().name()).toArray(String[]::new))
        .param("cases", events.stream().map(EvidenceEvent::caseId).toArray(String[]::new))
        .param("bodies", events.stream().map(event -> Envelope.withoutSeq(event, at, mode)).toArray(byte[][]::new))
        .update();
    return ids;
  }

  /** The number of an appended event, empty until it is sequenced. */
  public OptionalLong sequenceOf(UUID stageId) {
    return jdbc.sql("select seq from evidence_entry where stage_id = ?").param(stageId).query(Long.class)
        .optional().map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  /** Whether a signed and stored checkpoint covers the event: only then may the outside world be touched. */
  public boolean isCheckpointed(UUID stageId) {
    return jdbc.sql("""
            select exists (select 1 from evidence_entry e
              where e.stage_id = ? and e.seq < (select max(c.size) from evidence_checkpoint c))""")
        .param(stageId).query(Boolean.class).single();
  }

  /** The newest sequenced entries of a case, at most {@link #CASE_PAGE}, oldest first. */
  public List<EvidenceEntry> entriesOfCase(String caseId) {
    return entriesOfCaseBefore(caseId, Long.MAX_VALUE);
  }

  /** The same of those with {@code seq < before}. */
  public List<EvidenceEntry> entriesOfCaseBefore(String caseId, long before) {
    List<EvidenceEntry> newestFirst =
        jdbc.sql(COLUMNS + "where case_id = ? and seq < ? order by seq desc limit ?").params(caseId, before, CASE_PAGE)
            .query(EvidenceLog::entry).list();
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  /** The first sequenced entries of a case with {@code seq >= from}, at most {@link #CASE_PAGE}, oldest first. */
  public List<EvidenceEntry> entriesOfCaseFrom(String caseId, long from) {
    return jdbc.sql(COLUMNS + "where case_id = ? and seq >= ? order by seq limit ?").params(caseId, from, CASE_PAGE)
        .query(EvidenceLog::entry).list();
  }

  /** The entries of a case of these types, oldest first, at most {@link #MAX_PAGE}. */
  public List<EvidenceEntry> entriesOfCase(String caseId, Collection<EvidenceType> types) {
    return jdbc.sql(COLUMNS + "where case_id = ? and type = any(?) order by seq limit ?")
        .params(caseId, types.stream().map(Enum::name).toArray(String[]::new), MAX_PAGE).query(EvidenceLog::entry).list();
  }

  /**
   * Signed entries of these types that happened from a moment up to, not including, another, in order, at most {@link #MAX_PAGE}.
   *
   * @param after number of the last entry of the page before, or -1 for the first page
   * @param size of the checkpoint under which they are proved: what was signed later is left out
   */
  public List<EvidenceEntry> signedBetween(Instant from, Instant to, Collection<EvidenceType> types, long after, long size) {
    return jdbc.sql(COLUMNS + """
            where seq > :after and seq < :proved and seq >= (select coalesce(max(size), 0) from evidence_checkpoint where at < :from)
              and seq < (select coalesce((select size from evidence_checkpoint where at >= :to order by at, size limit 1),
                                         (select max(size) from evidence_checkpoint), 0))
              and type = any(:types)
              and convert_from(leaf, 'UTF8')::jsonb ->> 'at' >= :first and convert_from(leaf, 'UTF8')::jsonb ->> 'at' < :end
            order by seq limit :limit""")
        .param("from", SqlTime.of(from.minus(NUMBERED_WITHIN))).param("to", SqlTime.of(to.plus(NUMBERED_WITHIN))).param("types", types.stream().map(Enum::name).toArray(String[]::new))
        .param("first", Envelope.at(from)).param("end", Envelope.at(to)).param("after", after).param("proved", size).param("limit", MAX_PAGE)
        .query(EvidenceLog::entry).list();
  }

  /**
   * The signed entries of these cases of these types, whenever they happened, in order. Ask for few cases and types of which a case has
   * few: all of them are given at once.
   *
   * @param size of the checkpoint under which they are proved: what was signed later is left out
   */
  public List<EvidenceEntry> signedOfCases(Collection<String> caseIds, Collection<EvidenceType> types, long size) {
    return jdbc.sql(COLUMNS + "where case_id = any(:cases) and type = any(:types) and seq < :proved order by seq")
        .param("cases", caseIds.toArray(String[]::new)).param("types", types.stream().map(Enum::name).toArray(String[]::new)).param("proved", size)
        .query(EvidenceLog::entry).list();
  }

  /** When the oldest event of a case happened that has no number yet, which takes seconds; empty when each has one. */
  public Optional<Instant> waitingSince(String caseId) {
    return jdbc.sql("select min(convert_from(body, 'UTF8')::jsonb ->> 'at') from evidence_stage where state = 'STAGED' and case_id = ?")
        .param(caseId).query((row, n) -> Optional.ofNullable(row.getString(1)).map(Instant::parse)).single();
  }

  /** The size of the first checkpoint that covers each of these entries, by their numbers; none for one not signed yet. */
  public Map<Long, Long> firstCheckpoints(Collection<Long> seqs) {
    Map<Long, Long> sizes = new HashMap<>();
    jdbc.sql("""
            select seq, (select c.size from evidence_checkpoint c where c.size > seq order by c.size limit 1) as size
              from unnest(?) as seq""")
        .param(seqs.toArray(Long[]::new))
        .query(row -> {
          if (row.getObject("size") != null) {
            sizes.put(row.getLong("seq"), row.getLong("size"));
          }
        });
    return sizes;
  }

  /**
   * Entries with {@code from <= seq < to}, in order; fewer when the log is shorter.
   *
   * @throws IllegalArgumentException if the range is negative or longer than {@link #MAX_PAGE}
   */
  public List<EvidenceEntry> entries(long from, long to) {
    if (from < 0 || to < from || to - from > MAX_PAGE) {
      throw new IllegalArgumentException("ask for at most " + MAX_PAGE + " entries, from <= to");
    }
    return jdbc.sql(COLUMNS + "where seq >= ? and seq < ? order by seq").params(from, to)
        .query(EvidenceLog::entry).list();
  }

  /** The newest signed checkpoint as a C2SP signed note, empty before the first. */
  public Optional<String> latestCheckpoint() {
    return jdbc.sql("select note from evidence_checkpoint order by size desc limit 1").query(String.class).optional();
  }

  /** How many entries are sequenced. */
  public long size() {
    return new TreeState(jdbc).storedSize();
  }

  private static EvidenceEntry entry(ResultSet row, int number) throws SQLException {
    return new EvidenceEntry(row.getLong("seq"), EvidenceType.valueOf(row.getString("type")),
        row.getString("case_id"), row.getBytes("leaf"), row.getBytes("leaf_hash"),
        row.getBoolean("checkpointed"));
  }
}
