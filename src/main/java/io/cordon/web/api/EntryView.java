package io.cordon.web.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.cordon.evidence.EvidenceEntry;

/**
 * An evidence entry as the API gives it.
 *
 * @param entry the canonical JSON whose bytes were hashed, as it is
 * @param checkpointed whether a signed checkpoint covers it
 */
record EntryView(long seq, String type, @JsonRawValue String entry, boolean checkpointed) {
  static EntryView of(EvidenceEntry entry) {
    return new EntryView(entry.seq(), entry.type().name(), entry.json(), entry.checkpointed());
  }
}
