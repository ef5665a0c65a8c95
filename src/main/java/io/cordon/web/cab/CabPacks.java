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
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Puts together what the board gets of a case: the summary, and the entries it rests on with their proofs. */
@Service
public class CabPacks {
  private static final SecureRandom RANDOM = new SecureRandom();
  /** Entries of a case that go into one pack; a storm of the same alert may have made more. */
  private static final int MOST = 20_000;

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
    return cases.find(caseId).isPresent() && log.latestCheckpoint().isPresent() && !signed(caseId).isEmpty();
  }

  /** Writes the pack as anybody may see it: people by role and object id. Leaves no trace, so it changes nothing. */
  public void write(String caseId, OutputStream out) throws IOException {
    String note = log.latestCheckpoint().orElseThrow();
    List<EvidenceEntry> entries = signed(caseId);
    pack.write(out, note, EvidencePack.Entries.of(entries), summary(caseId, entries, Map.of(), note));
  }

  /**
   * Writes the pack for good: with the names of those who decided, whose opening is recorded, and with an entry of its own
   * that binds this very summary.
   */
  public void export(String caseId, Person auditor, OutputStream out) throws IOException {
    List<EvidenceEntry> entries = signed(caseId);
    Map<Long, String> opened = names.open(caseId, entries, auditor);
    String before = log.latestCheckpoint().orElseThrow();
    EvidencePack.Summary summary = summary(caseId, entries, opened, before);
    log.append(new EvidenceEvent(
        EvidenceType.CAB_EXPORTED, caseId, new EvidenceActor(auditor.tid(), auditor.oid(), Role.AUDITOR.claim()),
        Map.of("scope", "CASE"), summary.refs()));
    pump.flush();
    pack.write(out, log.latestCheckpoint().orElseThrow(), EvidencePack.Entries.of(signed(caseId)), summary);
  }

  private EvidencePack.Summary summary(String caseId, List<EvidenceEntry> entries, Map<Long, String> opened, String note) throws IOException {
    CaseView about = cases.find(caseId).orElseThrow();
    ChangeRecord record = new ChangeRecord(about, entries.stream().map(Fact::of).toList(), opened);
    List<PathTaken> taken = paths.ofCase(caseId);
    byte[] salt = new byte[32];
    RANDOM.nextBytes(salt);
    return new EvidencePack.Summary(pdf.render("cab/case", model.of(record, taken, note), taken), salt);
  }

  /** The signed entries of a case, oldest first, as many as go into a pack. */
  public List<EvidenceEntry> signed(String caseId) {
    List<EvidenceEntry> all = new ArrayList<>();
    List<EvidenceEntry> page = log.entriesOfCaseFrom(caseId, 0);
    while (!page.isEmpty() && all.size() < MOST) {
      page.stream().filter(EvidenceEntry::checkpointed).forEach(all::add);
      page = log.entriesOfCaseFrom(caseId, page.get(page.size() - 1).seq() + 1);
    }
    return all;
  }
}
