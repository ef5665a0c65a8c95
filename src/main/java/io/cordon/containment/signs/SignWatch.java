package io.cordon.containment.signs;

import io.cordon.containment.signs.FollowUp.State;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at machines after they were isolated or released, until they are as they should be. Past the deadline a person is
 * told, and Cordon looks on, for a week at most. It never acts.
 */
public class SignWatch {
  private static final Logger LOG = LoggerFactory.getLogger(SignWatch.class);
  /** A few at a time: Defender takes a hundred calls a minute of all who ask it (contract mde, section 7). */
  private static final int A_PASS = 5;
  private static final Duration AGAIN = Duration.ofMinutes(5);
  /** Also what keeps a machine that looks now so, now so, from filling the log. */
  private static final Duration AGAIN_IN_DOUBT = Duration.ofMinutes(30);
  private static final Duration LONGEST = Duration.ofDays(7);

  private final FollowUps book;
  private final MachineLook look;
  private final SignRecords records;
  private final SignsPager pager;
  private final MeterRegistry meters;
  private final Clock clock;
  private final SignsSettings settings;

  SignWatch(FollowUps book, MachineLook look, SignRecords records, SignsPager pager, MeterRegistry meters, Clock clock, SignsSettings settings) {
    this.book = book;
    this.look = look;
    this.records = records;
    this.pager = pager;
    this.meters = meters;
    this.clock = clock;
    this.settings = settings;
  }

  /** Looks at the machines that are due; returns how many. */
  public int runDue() {
    book.begin();
    List<FollowUp> due = book.take(A_PASS, clock.instant().plus(AGAIN));
    // one machine that cannot be looked at keeps nobody from the others; it comes up again by itself
    due.forEach(about -> quietly("cordon.signs.failed", () -> follow(about)));
    book.casesToTakeBack(A_PASS).forEach(caseId -> quietly("cordon.signs.pages.failed", () -> takeBack(caseId)));
    return due.size();
  }

  private void follow(FollowUp about) {
    if (about.over()) {
      book.move(about, State.OVER, about.verdict());
      return;
    }
    if (about.changing()) {
      return;
    }
    Duration since = Duration.between(about.endedAt(), clock.instant());
    Signs signs = look.at(about);
    Verdict verdict = about.isRelease() ? Verdict.afterRelease(signs, since) : Verdict.afterIsolation(signs);
    if (verdict == Verdict.AS_EXPECTED) {
      records.write(about, State.AS_EXPECTED, verdict, signs);
    } else if (since.compareTo(LONGEST) >= 0) {
      // the page stays with whoever has it
      book.move(about, State.GIVEN_UP, about.verdict());
    } else if (verdict != Verdict.TOO_EARLY && since.compareTo(settings.within(about.isRelease())) >= 0) {
      doubt(about, verdict, signs);
    }
  }

  /** The page follows the evidence, and is tried again by the next look. */
  private void doubt(FollowUp about, Verdict verdict, Signs signs) {
    if (!about.isDoubtful() || verdict != about.verdict()) {
      records.write(about, State.DOUBTFUL, verdict, signs);
    }
    if (verdict != about.pagedVerdict()) {
      quietly("cordon.signs.pages.failed", () -> {
        pager.raise(about.caseId(), about.permitId(), about.isRelease(), verdict.name());
        book.paged(about, verdict);
        lookLater(about);
      });
    } else {
      lookLater(about);
    }
  }

  private void lookLater(FollowUp about) {
    book.lookAgain(about, clock.instant().plus(AGAIN_IN_DOUBT));
  }

  private void takeBack(String caseId) {
    pager.takeBack(caseId);
    book.takenBack(caseId);
  }

  private void quietly(String meter, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      meters.counter(meter).increment();
      LOG.warn("looking at machines after an action: {} ({}); it is tried again", meter, e.getClass().getSimpleName());
    }
  }
}
