package io.cordon.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives committed staged events their gapless numbers and leaf hashes, in short transactions. */
final class Sequencer {
  private static final int BATCH = 500;

  private final JdbcClient jdbc;
  private final TreeState tree;
  private final TransactionTemplate transaction;

  Sequencer(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.tree = new TreeState(jdbc);
    this.transaction = transaction;
  }

  void sequenceAll() {
    int taken;
    do {
      taken = transaction.execute(status -> sequenceBatch());
    } while (taken == BATCH);
  }

  private int sequenceBatch() {
    tree.lock();
    // By state and never by "id greater than the last": a smaller order may commit later.
    List<Staged> batch = jdbc.sql("""
            select id, type, case_id, body from evidence_stage
            where state = 'STAGED' order by staged_order limit ?""")
        .param(BATCH)
        .query((row, number) -> new Staged(row.getObject("id", UUID.class),
            EvidenceType.valueOf(row.getString("type")), row.getString("case_id"), row.getBytes("body")))
        .list();
    if (!batch.isEmpty()) {
      store(batch);
    }
    return batch.size();
  }

  private void store(List<Staged> batch) {
    Frontier frontier = tree.read();
    if (tree.storedSize() != frontier.size()) {
      throw new EvidenceHaltedException("the tree has " + frontier.size() + " entries, the log has not");
    }
    List<Object> values = new ArrayList<>();
    List<Object> subtrees = new ArrayList<>();
    for (Staged staged : batch) {
      byte[] leaf = Envelope.withSeq(staged.body(), staged.type(), frontier.size());
      byte[] hash = Hash.leaf(leaf);
      Collections.addAll(values, frontier.size(), staged.id(), staged.caseId(), staged.type().name(), leaf, hash);
      frontier.append(hash, (height, index, root) -> Collections.addAll(subtrees, height, index, root));
    }
    insert("evidence_entry (seq, stage_id, case_id, type, leaf, leaf_hash)", 6, values);
    insert("evidence_node (height, index, hash)", 3, subtrees);
    jdbc.sql("update evidence_stage set state = 'SEQUENCED', body = null where id in (:ids)")
        .param("ids", batch.stream().map(Staged::id).toList()).update();
    tree.write(frontier);
  }

  private void insert(String table, int columns, List<Object> values) {
    if (!values.isEmpty()) {
      String row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
      String rows = String.join(", ", Collections.nCopies(values.size() / columns, row));
      jdbc.sql("insert into " + table + " values " + rows).params(values).update();
    }
  }

  private record Staged(UUID id, EvidenceType type, String caseId, byte[] body) {}
}
