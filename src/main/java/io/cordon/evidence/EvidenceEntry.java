package io.cordon.evidence;

import java.nio.charset.StandardCharsets;

/**
 * One sequenced entry.
 *
 * @param seq position in the log, from 0 without gaps
 * @param caseId null when the entry concerns no case
 * @param leaf the exact bytes that were hashed: canonical JSON in UTF-8
 * @param leafHash 32 bytes
 * @param checkpointed whether a signed checkpoint covers it
 */
public record EvidenceEntry(long seq, EvidenceType type, String caseId, byte[] leaf, byte[] leafHash, boolean checkpointed) {
  /** The leaf as text. */
  public String json() {
    return new String(leaf, StandardCharsets.UTF_8);
  }
}
