package io.cordon.web.cab;

import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseView;
import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePack;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.playbook.CasePaths;
import io.cordon.playbook.PathTaken;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Puts together what the board gets of a case: the summary, and the entries it rests on with their proofs. */
@Service
public class CabPacks {
  private static final SecureRandom RANDOM = new SecureRandom();
  /** So many entries of a case go into a pack whatever they say; of more, those are left out that a storm of alerts makes. */
  private static final int WHATEVER_THEY_SAY = 4_000;

  private static final Set<EvidenceType> OF_A_STORM = Set.of(EvidenceType.ALERT_DUPLICATE, EvidenceType.CASE_JOINED, EvidenceType.ALERT_RECEIVED);

  private final CaseBook cases;
  private final EvidenceLog log;
  private final EvidencePump pump;
  private final EvidencePack pack;
  private final CasePaths paths;
  private final DeciderNames names;
  private final SummaryPdf pdf;
  private final RecordModel model;

  CabPacks(CaseBook cases, EvidenceLog log, EvidencePump pump, EvidencePack pack, CasePaths paths, DeciderNames names, SummaryPdf pdf, RecordModel model) {
    this.cases = cases;
    this.log = log;
    this.pump = pump;
    this.pack = pack;
    this.paths = paths;
    this.names = names;
    this.pdf = pdf;
    this.model = model;
  }

  /** Whether there is anything to make a pack of: such a case, with signed entries. */
  public boolean has(String caseId) {
    return cases.find(caseId).isPresent() && log.latestCheckpoint().isPresent() && log.entriesOfCaseFrom(caseId, 0).stream().anyMatch(EvidenceEntry::checkpointed);
  }

  /** Writes the pack as anybody may see it: people by role and object id. Leaves no trace, so it changes nothing. */
  public void write(String caseId, OutputStream out) throws IOException {
    String note = log.latestCheckpoint().orElseThrow();
    Signed signed = read(caseId);
    pack.write(out, note, EvidencePack.Entries.of(signed.entries()), summary(caseId, signed, Map.of(), note));
  }

  /**
   * Writes the pack for good: with the names of those who decided, whose opening is recorded, and with an entry of its own
   * that binds this very summary.
   */
  public void export(String caseId, Person auditor, OutputStream out) throws IOException {
    Signed signed = read(caseId);
    Map<Long, String> opened = names.open(caseId, signed.entries(), auditor);
    String before = log.latestCheckpoint().orElseThrow();
    EvidencePack.Summary summary = summary(caseId, signed, opened, before);
    log.append(new EvidenceEvent(
        EvidenceType.CAB_EXPORTED, caseId, new EvidenceActor(auditor.tid(), auditor.oid(), Role.AUDITOR.claim()),
        Map.of("scope", "CASE"), summary.refs()));
    pump.flush();
    pack.write(out, log.latestCheckpoint().orElseThrow(), EvidencePack.Entries.of(signed(caseId)), summary);
  }

  private EvidencePack.Summary summary(String caseId, Signed signed, Map<Long, String> opened, String note) throws IOException {
    CaseView about = cases.find(caseId).orElseThrow();
    ChangeRecord record = new ChangeRecord(about, signed.entries().stream().map(Fact::of).toList(), opened, signed.leftOut());
    List<PathTaken> taken = paths.ofCase(caseId);
    byte[] salt = new byte[32];
    RANDOM.nextBytes(salt);
    return new EvidencePack.Summary(pdf.render("cab/case", model.of(record, taken, note), taken), salt);
  }

  /** The signed entries of a case that go into a pack, oldest first. */
  public List<EvidenceEntry> signed(String caseId) {
    return read(caseId).entries();
  }

  /** What goes into a pack, and how many of which kind do not. */
  private record Signed(List<EvidenceEntry> entries, Map<EvidenceType, Long> leftOut) {}

  private Signed read(String caseId) {
    List<EvidenceEntry> kept = new ArrayList<>();
    Map<EvidenceType, Long> leftOut = new EnumMap<>(EvidenceType.class);
    List<EvidenceEntry> page = log.entriesOfCaseFrom(caseId, 0);
    while (!page.isEmpty()) {
      for (EvidenceEntry entry : page.stream().filter(EvidenceEntry::checkpointed).toList()) {
        if (kept.size() < WHATEVER_THEY_SAY || !OF_A_STORM.contains(entry.type())) {
          kept.add(entry);
        } else {
          leftOut.merge(entry.type(), 1L, Long::sum);
        }
      }
      page = log.entriesOfCaseFrom(caseId, page.get(page.size() - 1).seq() + 1);
    }
    return new Signed(kept, leftOut);
  }
}
