package io.cordon.web.history;

import io.cordon.alerts.CaseBook;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceLog;
import io.cordon.platform.people.Person;
import io.cordon.playbook.CasePaths;
import io.cordon.playbook.CaseSteps;
import io.cordon.playbook.CaseSteps.Step;
import io.cordon.web.cab.CabPacks;
import io.cordon.web.cab.DeciderNames;
import io.cordon.web.cab.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what the engine remembers of a case and what the log proves of it. */
@Service
public class CaseStories {
  private final CaseBook cases;
  private final EvidenceLog log;
  private final CaseSteps engine;
  private final CasePaths paths;
  private final CabPacks packs;
  private final DeciderNames names;
  private final TransactionTemplate snapshot;

  CaseStories(
      CaseBook cases,
      EvidenceLog log,
      CaseSteps engine,
      CasePaths paths,
      CabPacks packs,
      DeciderNames names,
      PlatformTransactionManager transactions) {
    this.snapshot = new TransactionTemplate(transactions);
    this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.snapshot.setReadOnly(true);
    this.cases = cases;
    this.log = log;
    this.engine = engine;
    this.paths = paths;
    this.packs = packs;
    this.names = names;
  }

  /** The story from this entry on, people by role and object id; empty without such a case. */
  public Optional<CaseStory> of(String caseId, long from) {
    return tell(caseId, from, Map.of());
  }

  /** The same with the names people had when they decided; each that is opened is recorded. */
  public Optional<CaseStory> withPeople(String caseId, long from, Person auditor) {
    return cases.find(caseId).flatMap(about -> tell(caseId, from, names.open(caseId, packs.signed(caseId), auditor)));
  }

  /** A step belongs to the page on which the entries before it are. */
  private Instant endOfThePageBefore(String caseId, long from) {
    List<EvidenceEntry> before = from == 0 ? List.of() : log.entriesOfCaseBefore(caseId, from);
    return before.isEmpty() ? Instant.MIN : Fact.of(before.get(before.size() - 1)).at();
  }

  /** All from one moment of the database: what happens meanwhile is no difference. */
  private Optional<CaseStory> tell(String caseId, long from, Map<Long, String> people) {
    return snapshot.execute(status -> cases.find(caseId).map(about -> {
      List<EvidenceEntry> page = log.entriesOfCaseFrom(caseId, from);
      boolean full = page.size() == EvidenceLog.CASE_PAGE;
      List<Step> steps = engine.of(caseId);
      List<Fact> facts = page.stream().map(Fact::of).toList();
      Instant first = endOfThePageBefore(caseId, from);
      Instant last = full ? facts.get(facts.size() - 1).at() : Instant.MAX;
      List<Step> between = steps.stream().filter(step -> !step.from().isBefore(first) && step.from().isBefore(last)).toList();
      List<Fact> compared = log.entriesOfCase(caseId, Differences.COMPARED).stream().map(Fact::of).toList();
      Map<Long, Long> checkpoints = log.firstCheckpoints(facts.stream().map(Fact::seq).toList());
      return new CaseStory(about, StoryLine.join(facts, between, checkpoints, people), full ? page.get(page.size() - 1).seq() + 1 : null,
          Differences.between(steps, compared, log.waitingSince(caseId)), paths.ofCase(caseId).stream().map(PathPicture::of).toList(), engine.firedRows(caseId));
    }));
  }
}
