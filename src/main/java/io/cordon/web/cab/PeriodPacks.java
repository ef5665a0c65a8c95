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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Service;

/**
 * The record of all changes of a period, in the form of a CAB pack: the coverage report as summary, the list of changes,
 * the entries they rest on with their proofs, the checkpoint and the script that checks them.
 */
@Service
public class PeriodPacks {
  private static final int CASES_AT_ONCE = 1_000;
  /** What the report and the list of changes rest on. */
  private static final Set<EvidenceType> KEPT =
      Set.of(EvidenceType.ACTION_INTENT, EvidenceType.APPROVAL_GRANTED, EvidenceType.BREAK_GLASS, EvidenceType.MATERIAL_PURGED,
          EvidenceType.ACTION_RESULT, EvidenceType.ACTION_UNRESOLVED, EvidenceType.ACTION_CANCELLED, EvidenceType.ACTION_DEVIATION,
          EvidenceType.ACTION_FOUND_LATE,
          EvidenceType.RELEASE_INTENT, EvidenceType.RELEASE_RESULT, EvidenceType.REVIEW_RECORDED, EvidenceType.CASE_CLOSED, EvidenceType.CONFIG_CHANGED);
  /** What tells the type of a change, and may have happened before the period in which it was acted on, or after. */
  private static final Set<EvidenceType> OF_THE_TYPE = Set.of(EvidenceType.APPROVAL_GRANTED, EvidenceType.BREAK_GLASS);
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
    private final long changes;
    private final List<EvidenceEntry> elsewhere;
    private final EvidencePack.Summary summary;

    private Prepared(String note, CoverageReport report, long changes, List<EvidenceEntry> elsewhere, EvidencePack.Summary summary) {
      this.note = note;
      this.report = report;
      this.changes = changes;
      this.elsewhere = elsewhere;
      this.summary = summary;
    }

    /** Writes it and leaves no trace. */
    public void write(OutputStream out) throws IOException {
      pack.write(out, note, entries(), summary);
    }

    /** Writes it with an entry of its own that binds this very summary and list. */
    public void export(Person auditor, OutputStream out) throws IOException {
      var id = log.append(new EvidenceEvent(EvidenceType.CAB_EXPORTED, null, new EvidenceActor(auditor.tid(), auditor.oid(), Role.AUDITOR.claim()),
          Map.of("scope", "PERIOD", "from", report.from().toString(), "to", report.to().toString(), "cases", changes), summary.refs()));
      pump.flush();
      long seq = log.sequenceOf(id).orElseThrow();
      pack.write(out, log.latestCheckpoint().orElseThrow(), taker -> {
        entries().each(taker);
        taker.take(log.entries(seq, seq + 1).get(0));
      }, summary);
    }

    /** By their numbers: what happened before midnight may have its number after what happened later. */
    private EvidencePack.Entries entries() {
      return taker -> {
        Deque<EvidenceEntry> others = new ArrayDeque<>(elsewhere);
        between(report.from(), report.to(), note, entry -> {
          while (!others.isEmpty() && others.peek().seq() < entry.seq()) {
            taker.take(others.poll());
          }
          taker.take(entry);
        });
        EvidencePack.Entries.of(List.copyOf(others)).each(taker);
      };
    }
  }

  /**
   * Makes the record of {@code from} up to, not including, {@code to}. The entries are read page by page, as often as they are
   * needed, so that memory does not grow with them; of each change a line is kept.
   *
   * @throws ApiException when nothing of the period is signed
   */
  public Prepared prepare(Instant from, Instant to) throws IOException {
    String note = log.latestCheckpoint().orElseThrow(ApiException::notFound);
    CoverageReport report = coverage.of(from, to);
    Map<String, ChangeType.Signs> signs = new TreeMap<>();
    long[] entries = new long[1];
    between(from, to, note, entry -> {
      entries[0]++;
      if (entry.caseId() != null) {
        signs.computeIfAbsent(entry.caseId(), id -> new ChangeType.Signs()).see(Fact.of(entry));
      }
    });
    if (entries[0] == 0) {
      throw ApiException.notFound();
    }
    signs.values().removeIf(one -> !one.isChange());
    List<EvidenceEntry> elsewhere = elsewhere(from, to, note, signs);
    byte[] salt = new byte[32];
    RANDOM.nextBytes(salt);
    byte[] summary = pdf.render("cab/period", Map.of("report", report, "changes", changes(signs, report.changes()), "total", signs.size(), "checkpoint", note, "times", model, "made", model.now()), List.of());
    return new Prepared(note, report, signs.size(), elsewhere, new EvidencePack.Summary(summary, csv(signs), salt));
  }

  /**
   * Entries that the list of changes rests on and that happened before or after the period, in order: a change is what it was approved
   * as, though it was approved just before midnight and made just after.
   */
  private List<EvidenceEntry> elsewhere(Instant from, Instant to, String note, Map<String, ChangeType.Signs> signs) {
    List<EvidenceEntry> found = new ArrayList<>();
    List<String> ids = List.copyOf(signs.keySet());
    for (int first = 0; first < ids.size(); first += CASES_AT_ONCE) {
      List<String> some = ids.subList(first, Math.min(first + CASES_AT_ONCE, ids.size()));
      for (EvidenceEntry entry : log.signedOfCases(some, OF_THE_TYPE, EvidencePack.sizeOf(note))) {
        Fact fact = Fact.of(entry);
        signs.get(entry.caseId()).see(fact);
        if (fact.at().isBefore(from) || !fact.at().isBefore(to)) {
          found.add(entry);
        }
      }
    }
    found.sort(Comparator.comparingLong(EvidenceEntry::seq));
    return found;
  }

  private void between(Instant from, Instant to, String note, EvidencePack.Entries.Taker taker) throws IOException {
    long size = EvidencePack.sizeOf(note);
    long after = -1;
    List<EvidenceEntry> page = log.signedBetween(from, to, KEPT, after, size);
    while (!page.isEmpty()) {
      for (EvidenceEntry entry : page) {
        taker.take(entry);
        after = entry.seq();
      }
      page = page.size() < EvidenceLog.MAX_PAGE ? List.of() : log.signedBetween(from, to, KEPT, after, size);
    }
  }

  private byte[] csv(Map<String, ChangeType.Signs> signs) {
    CasesCsv csv = new CasesCsv();
    List<String> ids = List.copyOf(signs.keySet());
    for (int first = 0; first < ids.size(); first += CASES_AT_ONCE) {
      changes(signs, ids.subList(first, Math.min(first + CASES_AT_ONCE, ids.size()))).forEach(csv::add);
    }
    return csv.toBytes();
  }

  private List<Change> changes(Map<String, ChangeType.Signs> signs, Collection<String> ids) {
    return cases.of(ids).stream().map(about -> new Change(about, signs.getOrDefault(about.id(), new ChangeType.Signs()).type())).toList();
  }
}
