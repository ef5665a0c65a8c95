package io.cordon.evidence;

import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which key signs. A new one takes over only while the one before it is here too: the change is an entry of the log, and
 * the first checkpoint of the new key carries both signatures, so that whoever trusts the old key can trust the new one.
 */
final class SigningKeys {
  private final JdbcClient jdbc;
  private final EvidenceLog log;
  private final Clock clock;
  private final SigningKey current;
  private final Optional<SigningKey> outgoing;

  SigningKeys(JdbcClient jdbc, EvidenceLog log, Clock clock, SigningKey current, Optional<SigningKey> outgoing) {
    this.jdbc = jdbc;
    this.log = log;
    this.clock = clock;
    this.current = current;
    this.outgoing = outgoing;
  }

  /** The keys so far, oldest first, as text for a verifier. */
  static List<String> known(JdbcClient jdbc) {
    return jdbc.sql("select vkey from evidence_key order by ordinal").query(String.class).list();
  }

  /**
   * Makes the current key known, before it signs anything; in the caller's transaction, under the tree's lock.
   *
   * @throws EvidenceHaltedException if another key signed last and is not here to hand over
   */
  void takeOver() {
    String vkey = current.verifierKey().text();
    List<String> known = known(jdbc);
    if (known.contains(vkey)) {
      return;
    }
    Optional<Checkpoint> last = last();
    jdbc.sql("insert into evidence_key (ordinal, vkey, from_size, at) values (?, ?, ?, ?)")
        .params(known.size(), vkey, last.map(Checkpoint::size).orElse(0L), SqlTime.of(clock.instant()))
        .update();
    if (!known.isEmpty()) {
      log.append(EvidenceEvent.ofSystem(EvidenceType.KEY_ROTATED,
          Map.of("from", known.get(known.size() - 1), "to", vkey, "size", last.map(Checkpoint::size).orElse(0L))));
    }
  }

  /** The newest stored checkpoint, if the current key or the outgoing one signed it; else the signer halts. */
  Optional<Checkpoint> last() {
    return lastNote().map(note -> signedBy(note, current)
        .or(() -> outgoing.flatMap(before -> signedBy(note, before)))
        .orElseThrow(() -> new EvidenceHaltedException("the stored checkpoint is not ours: it is signed by another key")));
  }

  /** The checkpoint as a note; with both signatures while the newest stored one is only the outgoing key's. */
  String sign(Checkpoint checkpoint) {
    boolean handover = outgoing.isPresent() && lastNote().filter(note -> signedBy(note, current).isEmpty()).isPresent();
    return handover
        ? SignedNote.sign(checkpoint.text(), outgoing.get(), current)
        : SignedNote.sign(checkpoint.text(), current);
  }

  String name() {
    return current.verifierKey().name();
  }

  private Optional<SignedNote> lastNote() {
    Optional<String> note =
        jdbc.sql("select note from evidence_checkpoint order by size desc limit 1").query(String.class).optional();
    try {
      return note.map(SignedNote::parse);
    } catch (IllegalArgumentException e) {
      throw new EvidenceHaltedException("the stored checkpoint is not ours: " + e.getMessage());
    }
  }

  private static Optional<Checkpoint> signedBy(SignedNote note, SigningKey key) {
    try {
      return Optional.of(note.checkpointSignedBy(key.verifierKey()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
