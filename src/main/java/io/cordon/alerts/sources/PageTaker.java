package io.cordon.alerts.sources;

import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.IntakeResult;
import io.cordon.alerts.UnreadableAlertException;
import io.cordon.platform.database.DatabaseAway;
import io.cordon.platform.sealed.SealedStore;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;

/** Hands the alerts of a page to the intake one by one, so that one which cannot be taken holds up no other. */
final class PageTaker {
  private static final Logger LOG = LoggerFactory.getLogger(PageTaker.class);

  private final AlertIntake intake;
  private final SealedStore sealed;
  private final SourceBook book;
  private final SourceMeters meters;

  PageTaker(AlertIntake intake, SealedStore sealed, SourceBook book, SourceMeters meters) {
    this.intake = intake;
    this.sealed = sealed;
    this.book = book;
    this.meters = meters;
  }

  /**
   * Takes what was not taken before.
   *
   * @param givesUp whether an alert the intake fails at is set aside; else it is left for another try
   * @return whether all of the page is dealt with
   */
  boolean take(String source, SourcePage page, boolean givesUp) {
    boolean complete = true;
    for (SourcePage.Item item : page.items()) {
      String fingerprint = sealed.fingerprint(item.json());
      if (!book.isSeen(source, fingerprint)) {
        complete &= takeOne(source, item, fingerprint, givesUp);
      }
    }
    return complete;
  }

  private boolean takeOne(String source, SourcePage.Item item, String fingerprint, boolean givesUp) {
    try {
      remember(source, item, fingerprint, intake.take(item.json()));
    } catch (UnreadableAlertException e) {
      setAside(source, item, fingerprint, e.code());
    } catch (TransientDataAccessException e) {
      throw e;
    } catch (RuntimeException e) {
      if (DatabaseAway.caused(e)) {
        throw e;
      }
      // the message may hold what the alert says; the kind of failure is enough here
      LOG.warn("an alert of source {} failed ({})", source, e.getClass().getSimpleName());
      if (!givesUp) {
        return false;
      }
      setAside(source, item, fingerprint, "INTAKE_FAILED");
    }
    return true;
  }

  private void setAside(String source, SourcePage.Item item, String fingerprint, String reason) {
    remember(source, item, fingerprint, List.of(intake.setAside(item.json(), reason)));
    LOG.warn("an alert of source {} cannot be taken ({}) and is quarantined; the others go on", source, reason);
  }

  private void remember(String source, SourcePage.Item item, String fingerprint, List<IntakeResult> results) {
    book.remember(source, fingerprint, item.at());
    results.forEach(result -> meters.taken(source, result.disposition()));
  }
}
