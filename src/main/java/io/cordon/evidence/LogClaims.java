package io.cordon.evidence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What signatures say about a log, checked before its entries are: how many there are, and the roots they must have at the
 * newest and at earlier sizes.
 *
 * @param earlier number of entries to root, each smaller than the newest
 */
record LogClaims(Checkpoint newest, Map<Long, byte[]> earlier) {

  /**
   * @param earlierNotes signed by any of the keys
   * @param keys oldest first
   * @param trusted the key whoever checks believes in; from it on, each key must have handed over to the next
   * @throws IllegalArgumentException saying what does not hold
   */
  static LogClaims of(String note, List<String> earlierNotes, List<VerifierKey> keys, VerifierKey trusted) {
    int first = keys.stream().map(VerifierKey::text).toList().indexOf(trusted.text());
    if (first < 0) {
      throw new IllegalArgumentException("the log is not signed by key " + trusted.text());
    }
    Checkpoint newest = SignedNote.parse(note).checkpointSignedBy(keys.get(keys.size() - 1));
    if (newest.size() == 0) {
      throw new IllegalArgumentException("the checkpoint covers no entries");
    }
    List<SignedNote> earlier = earlierNotes.stream().map(SignedNote::parse).toList();
    for (int i = first + 1; i < keys.size(); i++) {
      requireHandover(keys.get(i - 1), keys.get(i), earlier, SignedNote.parse(note));
    }
    Map<Long, byte[]> roots = new HashMap<>();
    for (SignedNote one : earlier) {
      Checkpoint checkpoint = signedByAny(one, keys);
      if (checkpoint.size() == 0 || checkpoint.size() > newest.size()) {
        throw new IllegalArgumentException("an earlier checkpoint covers " + checkpoint.size() + " entries");
      }
      byte[] other = roots.put(checkpoint.size(), checkpoint.root());
      if (other != null && !Arrays.equals(other, checkpoint.root())) {
        throw new IllegalArgumentException("two checkpoints of " + checkpoint.size() + " entries differ");
      }
    }
    return new LogClaims(newest, roots);
  }

  /** What is wrong when the log of these entries has another root than was signed for it; null when nothing is. */
  String otherThan(Frontier frontier) {
    if (frontier.size() == newest.size() && !Arrays.equals(frontier.root(), newest.root())) {
      return "entries and stored hashes agree, but their root is not the signed one";
    }
    byte[] root = earlier.get(frontier.size());
    return root == null || Arrays.equals(root, frontier.root())
        ? null
        : "it does not continue the earlier checkpoint of " + frontier.size() + " entries";
  }

  private static void requireHandover(VerifierKey from, VerifierKey to, List<SignedNote> earlier, SignedNote newest) {
    if (earlier.stream().noneMatch(note -> isBy(note, from) && isBy(note, to)) && !(isBy(newest, from) && isBy(newest, to))) {
      throw new IllegalArgumentException("no checkpoint shows that key " + to.text() + " took over");
    }
  }

  private static Checkpoint signedByAny(SignedNote note, List<VerifierKey> keys) {
    return keys.stream().filter(key -> isBy(note, key)).findFirst().map(note::checkpointSignedBy)
        .orElseThrow(() -> new IllegalArgumentException("an earlier checkpoint is signed by none of the keys"));
  }

  private static boolean isBy(SignedNote note, VerifierKey key) {
    try {
      note.checkpointSignedBy(key);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
