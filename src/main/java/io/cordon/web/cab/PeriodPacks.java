package io.cordon.web.cab;

import io.cordon.alerts.CaseSearch;
import io.cordon.alerts.CaseView;
import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePack;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.EvidenceType;
import io.cordon.evidence.controls.Coverage;
import io.cordon.evidence.controls.CoverageReport;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import io.cordon.web.api.ApiException;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * The record of all changes of a period, in the form of a CAB pack: the coverage report as summary, the entries it rests on
 * with their proofs, the checkpoint and the script that checks them.
 */
@Service
public class PeriodPacks {
  /** Entries in one record; some thousand changes. More is refused, never cut. */
  static final int MOST = 20_000;
  /** What the report and the list of changes rest on. */
  private static final Set<EvidenceType> KEPT =
      Set.of(EvidenceType.ACTION_INTENT, EvidenceType.APPROVAL_GRANTED, EvidenceType.BREAK_GLASS, EvidenceType.MATERIAL_PURGED,
          EvidenceType.ACTION_RESULT, EvidenceType.ACTION_UNRESOLVED, EvidenceType.ACTION_CANCELLED, EvidenceType.ACTION_DEVIATION,
          EvidenceType.RELEASE_INTENT, EvidenceType.RELEASE_RESULT, EvidenceType.REVIEW_RECORDED, EvidenceType.CASE_CLOSED, EvidenceType.CONFIG_CHANGED);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Coverage coverage;
  private final CaseSearch cases;
  private final EvidenceLog log;
  private final EvidencePump pump;
  private final EvidencePack pack;
  private final SummaryPdf pdf;
  private final RecordModel model;

  PeriodPacks(Coverage coverage, CaseSearch cases, EvidenceLog log, EvidencePump pump, EvidencePack pack, SummaryPdf pdf, RecordModel model) {
    this.coverage = coverage;
    this.cases = cases;
    this.log = log;
    this.pump = pump;
    this.pack = pack;
    this.pdf = pdf;
    this.model = model;
  }

  /** A change of the period as its list shows it. */
  public record Change(CaseView about, ChangeType type) {}

  /** A record that is ready to be written; nothing was written or noted yet. */
  public final class Prepared {
    private final String note;
    private final CoverageReport report;
    private final List<EvidenceEntry> entries;
    private final EvidencePack.Summary summary;

    private Prepared(String note, CoverageReport report, List<EvidenceEntry> entries, EvidencePack.Summary summary) {
      this.note = note;
      this.report = report;
      this.entries = entries;
      this.summary = summary;
    }

    /** Writes it and leaves no trace. */
    public void write(OutputStream out) throws IOException {
      pack.write(out, note, entries, summary);
    }

    /** Writes it with an entry of its own that binds this very summary. */
    public void export(Person auditor, OutputStream out) throws IOException {
      var id = log.append(new EvidenceEvent(EvidenceType.CAB_EXPORTED, null, new EvidenceActor(auditor.tid(), auditor.oid(), Role.AUDITOR.claim()),
          Map.of("scope", "PERIOD", "from", report.from().toString(), "to", report.to().toString(), "cases", report.changes().size()), List.of(summary.ref())));
      pump.flush();
      long seq = log.sequenceOf(id).orElseThrow();
      List<EvidenceEntry> all = new ArrayList<>(entries);
      all.addAll(log.entries(seq, seq + 1));
      pack.write(out, log.latestCheckpoint().orElseThrow(), all, summary);
    }
  }

  /**
   * Makes the record of {@code from} up to, not including, {@code to}.
   *
   * @throws ApiException when nothing of the period is signed, or it is too much for one record
   */
  public Prepared prepare(Instant from, Instant to) throws IOException {
    String note = log.latestCheckpoint().orElseThrow(ApiException::notFound);
    CoverageReport report = coverage.of(from, to);
    List<EvidenceEntry> entries = log.signedBetween(from, to, KEPT, MOST + 1);
    if (entries.isEmpty()) {
      throw ApiException.notFound();
    }
    if (entries.size() > MOST || report.changes().size() >= Coverage.MOST_CHANGES) {
      throw new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, "PERIOD_TOO_LONG");
    }
    byte[] salt = new byte[32];
    RANDOM.nextBytes(salt);
    byte[] summary = pdf.render("cab/period", Map.of("report", report, "changes", changes(report, entries), "checkpoint", note, "times", model, "made", model.now()), List.of());
    return new Prepared(note, report, entries, new EvidencePack.Summary(summary, salt));
  }

  private List<Change> changes(CoverageReport report, List<EvidenceEntry> entries) {
    Map<String, List<Fact>> facts = entries.stream().filter(entry -> entry.caseId() != null)
        .collect(Collectors.groupingBy(EvidenceEntry::caseId, Collectors.mapping(Fact::of, Collectors.toList())));
    return cases.of(report.changes()).stream().map(about -> new Change(about, ChangeType.of(facts.getOrDefault(about.id(), List.of())))).toList();
  }
}
