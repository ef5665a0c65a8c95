package io.cordon.alerts.sources;

import io.cordon.platform.azure.AlertReadException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one source when it is due and hands on what is new. A pass reads from a while before the watermark to the end of
 * the source, in as many rounds as it takes; only then the watermark follows. Whatever goes wrong, alerts may come twice
 * and never get lost.
 */
final class AlertPoller {
  static final int ALERTS_A_PAGE = 100;
  static final int PAGES_A_ROUND = 20;
  /** Tries of a page before an alert the intake fails at is set aside; about half an hour. */
  static final int PATIENCE = 8;

  private static final Logger LOG = LoggerFactory.getLogger(AlertPoller.class);
  private static final String INTAKE_FAILED = "INTAKE_FAILED";
  private static final Set<String> TOO_MUCH = Set.of("TOO_LARGE", "PARTIAL_RESULT", "UNREADABLE");

  /**
   * How a source is read.
   *
   * @param overlap how far before the watermark a pass begins, since alerts become visible out of order
   * @param lookBack how far back the very first pass reaches
   */
  record Rhythm(Duration interval, Duration overlap, Duration lookBack) {}

  private final AlertSource source;
  private final SourceBook book;
  private final PageTaker taker;
  private final SourceMeters meters;
  private final Clock clock;
  private final Rhythm rhythm;

  AlertPoller(AlertSource source, SourceBook book, PageTaker taker, SourceMeters meters, Clock clock, Rhythm rhythm) {
    this.source = source;
    this.book = book;
    this.taker = taker;
    this.meters = meters;
    this.clock = clock;
    this.rhythm = rhythm;
    meters.watch(source.name());
  }

  String name() {
    return source.name();
  }

  /** Reads one round if the source is due and no other node reads it; returns how many pages were taken. */
  int runDue() {
    return book.claim(source.name(), rhythm.lookBack()).map(this::round).orElse(0);
  }

  private int round(SourceBook.Claim claim) {
    Round round = new Round(claim);
    try {
      while (round.pages < PAGES_A_ROUND) {
        if (!round.goesOnAfterAPage()) {
          return round.pages;
        }
      }
      book.pause(claim);
    } catch (AlertReadException e) {
      fail(claim, e.code(), e.isPositionLost(), round.pages, wait(e, failures(claim, e.code(), round.pages)));
    } catch (RuntimeException e) {
      String code = e.getClass().getSimpleName();
      fail(claim, code, false, round.pages, Waits.after(failures(claim, code, round.pages)));
    }
    return round.pages;
  }

  /** One round: the pages taken under one claim. */
  private final class Round {
    private final SourceBook.Claim claim;
    private final boolean givesUp;
    private String cursor;
    private Instant newest;
    private int pages;

    Round(SourceBook.Claim claim) {
      this.claim = claim;
      this.cursor = claim.cursor();
      this.newest = claim.newest();
      this.givesUp = INTAKE_FAILED.equals(claim.lastError()) && claim.failures() >= PATIENCE;
    }

    boolean goesOnAfterAPage() {
      SourcePage page = source.read(new AlertSource.Position(claim.watermark().minus(rhythm.overlap()), cursor, most()));
      if (page.next().isPresent() && page.next().get().equals(cursor)) {
        throw AlertReadException.unusable("PAGING_LOOP");
      }
      if (!taker.take(source.name(), page, givesUp)) {
        fail(claim, INTAKE_FAILED, false, pages, Waits.after(failures(claim, INTAKE_FAILED, pages)));
        return false;
      }
      pages++;
      newest = page.newestUntil(clock.instant()).filter(at -> newest == null || at.isAfter(newest)).orElse(newest);
      cursor = page.next().orElse(null);
      if (cursor == null) {
        book.finish(claim, watermark(), rhythm.overlap(), clock.instant().plus(rhythm.interval()));
        return false;
      }
      return book.advance(claim, cursor, newest);
    }

    /** A page that was too much is asked for in smaller parts. */
    private int most() {
      boolean wasTooMuch = pages == 0 && claim.lastError() != null && TOO_MUCH.contains(claim.lastError());
      return wasTooMuch ? ALERTS_A_PAGE >> Math.min(claim.failures(), 6) : ALERTS_A_PAGE;
    }

    private Instant watermark() {
      return newest != null && newest.isAfter(claim.watermark()) ? newest : claim.watermark();
    }
  }

  private static int failures(SourceBook.Claim claim, String code, int pages) {
    return pages == 0 && code.equals(claim.lastError()) ? claim.failures() : 0;
  }

  private static Duration wait(AlertReadException failure, int before) {
    boolean throttled = failure.code().equals("STATUS_429");
    return failure.retryAfter().map(Waits::asAsked).orElseGet(() -> throttled ? Waits.WHEN_THROTTLED : Waits.after(before));
  }

  private void fail(SourceBook.Claim claim, String code, boolean positionLost, int pages, Duration wait) {
    meters.failed(source.name(), code);
    book.fail(claim, code, positionLost, clock.instant().plus(wait));
    LOG.warn("alert source {} failed ({}) after {} pages; again in {} s", source.name(), code, pages, wait.toSeconds());
  }
}
