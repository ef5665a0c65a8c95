package io.cordon.web.cab;

import io.cordon.evidence.EvidenceEntry;
import io.cordon.platform.people.Person;
import io.cordon.platform.sealed.ReadingReason;
import io.cordon.platform.sealed.SealedItem;
import io.cordon.platform.sealed.SealedStore;
import io.cordon.playbook.PlaybookTasks;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The names people had when they decided, and the change ticket they named, as sealed then. */
@Component
public class DeciderNames {
  /** Names, and the number of the change in the ticket system, which somebody typed. */
  private static final Set<String> KINDS = Set.of("person", PlaybookTasks.CHANGE_TICKET);

  private final SealedStore sealed;

  DeciderNames(SealedStore sealed) {
    this.sealed = sealed;
  }

  /** Opens the names that the entries refer to; each opening is recorded. By the number of the entry. */
  public Map<Long, String> open(String caseId, List<EvidenceEntry> entries, Person auditor) {
    Map<String, SealedItem> bySha = sealed.ofCase(caseId).stream()
        .filter(item -> KINDS.contains(item.kind())).collect(Collectors.toMap(SealedItem::sha256, item -> item));
    Map<Long, String> names = new HashMap<>();
    for (EvidenceEntry entry : entries) {
      for (String ref : Fact.of(entry).refs()) {
        if (bySha.containsKey(ref)) {
          names.put(entry.seq(), new String(sealed.open(bySha.get(ref).id(), auditor, ReadingReason.AUDIT), StandardCharsets.UTF_8));
        }
      }
    }
    return names;
  }
}
