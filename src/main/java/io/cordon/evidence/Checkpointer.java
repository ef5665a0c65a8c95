package io.cordon.evidence;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Signs the tree, but only one that continues the last signed tree: it takes its own remembered right edge, adds only
 * the leaves that came since, and must arrive at the stored root. Anything else halts it.
 */
final class Checkpointer {
  private static final int PAGE = 10_000;

  private final JdbcClient jdbc;
  private final TreeState tree;
  private final SigningKeys keys;
  private final SignerMemory memory;
  private final Clock clock;

  Checkpointer(JdbcClient jdbc, SigningKeys keys, SignerMemory memory, Clock clock) {
    this.jdbc = jdbc;
    this.tree = new TreeState(jdbc);
    this.keys = keys;
    this.memory = memory;
    this.clock = clock;
  }

  /** Makes a new signing key known before the entries that it signs; to be called inside a transaction of its own. */
  void prepare() {
    tree.lock();
    keys.takeOver();
  }

  /** To be called inside a transaction of its own. */
  void sign() {
    tree.lock();
    Optional<Frontier> remembered = memory.recall();
    Frontier known = remembered.orElseGet(Frontier::new);
    long rememberedSize = known.size();
    Optional<Checkpoint> last = keys.last();
    if (last.isPresent() && last.get().size() >= known.size()) {
      advance(known, last.get().size(), last.get().root());
    }
    Frontier stored = tree.read();
    advance(known, stored.size(), stored.root());
    if (known.size() > rememberedSize) {
      // First the memory, then the database: if the commit fails we are too strict, never too lax.
      memory.remember(known);
    }
    if (known.size() > last.map(Checkpoint::size).orElse(0L)) {
      store(known);
    }
  }

  private void advance(Frontier known, long size, byte[] root) {
    if (size < known.size()) {
      throw new EvidenceHaltedException(
          "history went back from " + known.size() + " entries to " + size + "; was a backup restored?");
    }
    while (known.size() < size) {
      long to = Math.min(size, known.size() + PAGE);
      List<byte[]> leaves = tree.leafHashes(known.size(), to);
      if (leaves.size() != to - known.size()) {
        throw new EvidenceHaltedException("entries are missing between " + known.size() + " and " + to);
      }
      leaves.forEach(known::append);
    }
    if (!Arrays.equals(known.root(), root)) {
      throw new EvidenceHaltedException("the tree of " + size + " entries does not continue the last signed one");
    }
  }

  private void store(Frontier frontier) {
    Checkpoint checkpoint = new Checkpoint(keys.name(), frontier.size(), frontier.root());
    jdbc.sql("insert into evidence_checkpoint (size, root, note, at) values (?, ?, ?, ?)")
        .params(checkpoint.size(), checkpoint.root(), keys.sign(checkpoint),
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }
}
