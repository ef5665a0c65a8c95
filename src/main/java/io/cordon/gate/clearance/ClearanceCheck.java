package io.cordon.gate.clearance;

import java.time.Duration;
import java.time.Instant;

/**
 * What the feed said about a plan's machines, from one change of the result to the next. Times are UTC instants.
 *
 * @param since when it was first so
 * @param checkedAt when it was last so
 */
public record ClearanceCheck(String id, String planId, Clearance result, ClearanceReason reason, Instant since, Instant checkedAt) {
  /** After this nobody knows any more; contract evidence-phi-security, section 3. */
  public static final Duration VALID = Duration.ofSeconds(120);

  /** Whether it still says something at this moment. */
  public boolean isValid(Instant now) {
    return now.isBefore(checkedAt.plus(VALID));
  }

  /** What it says at this moment; what is too old says nothing. */
  public Clearance at(Instant now) {
    return isValid(now) ? result : Clearance.UNKNOWN;
  }
}
