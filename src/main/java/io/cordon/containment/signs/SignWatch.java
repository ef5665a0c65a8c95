package io.cordon.containment.signs;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at machines after they were isolated or released, until they are as they should be. Past the deadline a person is
 * told, and Cordon looks on, for a week at most. It never acts.
 */
public class SignWatch {
  private static final Logger LOG = LoggerFactory.getLogger(SignWatch.class);
  /** A few at a time: Defender takes a hundred calls a minute of all who ask it (contract mde, section 7). */
  private static final int A_PASS = 5;
  private static final Duration AGAIN = Duration.ofMinutes(5);
  private static final Duration AGAIN_IN_DOUBT = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  private final FollowUps book;
  private final MachineLook look;
  private final SignsPager pager;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;
  private final MeterRegistry meters;
  private final Clock clock;
  private final SignsSettings settings;

  SignWatch(
      FollowUps book,
      MachineLook look,
      SignsPager pager,
      EvidenceLog evidence,
      TransactionTemplate transaction,
      MeterRegistry meters,
      Clock clock,
      SignsSettings settings) {
    this.book = book;
    this.look = look;
    this.pager = pager;
    this.evidence = evidence;
    this.transaction = transaction;
    this.meters = meters;
    this.clock = clock;
    this.settings = settings;
  }

  /** Looks at the machines that are due; returns how many. */
  public int runDue() {
    book.begin();
    List<FollowUp> due = book.take(A_PASS, clock.instant().plus(AGAIN));
    due.forEach(this::followAlone);
    return due.size();
  }

  /** One machine that cannot be looked at keeps nobody from the others; it comes up again by itself. */
  private void followAlone(FollowUp about) {
    try {
      follow(about);
    } catch (RuntimeException e) {
      meters.counter("cordon.signs.failed").increment();
      LOG.warn("a machine could not be looked at after an action ({})", e.getClass().getSimpleName());
    }
  }

  private void follow(FollowUp about) {
    if (about.over()) {
      book.move(about, "OVER", about.verdict(), null);
      takeBack(about);
      return;
    }
    Signs signs = look.at(about);
    Verdict verdict = about.isRelease() ? Verdict.afterRelease(signs) : Verdict.afterIsolation(signs);
    if (verdict == Verdict.AS_EXPECTED) {
      write(about, "AS_EXPECTED", verdict, signs, null);
      takeBack(about);
    } else if (!clock.instant().isBefore(about.endedAt().plus(LONGEST))) {
      // the page stays with whoever has it: nobody saw the machine as it should be
      book.move(about, "OVER", about.verdict(), null);
    } else if (!clock.instant().isBefore(about.endedAt().plus(about.isRelease() ? settings.releasedWithin() : settings.isolatedWithin()))) {
      doubt(about, verdict, signs);
    }
  }

  /** The page follows the evidence, and is tried again by the next look. */
  private void doubt(FollowUp about, Verdict verdict, Signs signs) {
    boolean sameAsBefore = about.isDoubtful() && verdict.name().equals(about.verdict());
    if (!sameAsBefore) {
      write(about, "DOUBTFUL", verdict, signs, clock.instant().plus(AGAIN));
    }
    if (!sameAsBefore || !about.paged()) {
      quietly(() -> {
        pager.raise(about.caseId(), about.isRelease(), verdict.name());
        book.paged(about);
      });
    } else {
      book.move(about, about.state(), about.verdict(), clock.instant().plus(AGAIN_IN_DOUBT));
    }
  }

  private void takeBack(FollowUp about) {
    if (about.isDoubtful() && !book.anyDoubtful(about.caseId())) {
      quietly(() -> pager.takeBack(about.caseId()));
    }
  }

  private void quietly(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      meters.counter("cordon.signs.pages.failed").increment();
      LOG.warn("a page about a machine after an action could not be changed ({})", e.getClass().getSimpleName());
    }
  }

  private void write(FollowUp about, String state, Verdict verdict, Signs signs, Instant nextLook) {
    transaction.executeWithoutResult(status -> {
      if (book.move(about, state, verdict.name(), nextLook)) {
        evidence.append(EvidenceEvent.ofCase(EvidenceType.POSTURE_RECORDED, about.caseId(), null, facts(about, verdict, signs)));
        meters.counter("cordon.signs.verdicts", "action", about.action(), "verdict", verdict.name()).increment();
      }
    });
  }

  private Map<String, Object> facts(FollowUp about, Verdict verdict, Signs signs) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("what", about.isRelease() ? "AFTER_RELEASE" : "AFTER_ISOLATION");
    facts.put("permit", about.permitId());
    facts.put("machine", about.mdeDeviceId());
    facts.put("result", verdict.name());
    facts.put("sensor", signs.sensor().name());
    facts.put("arcStatus", signs.arc().name());
    facts.put("probe", signs.probe().name());
    facts.put("readAt", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    if (signs.lastSeen() != null) {
      facts.put("lastSeen", signs.lastSeen().truncatedTo(ChronoUnit.MILLIS).toString());
    }
    return facts;
  }
}
