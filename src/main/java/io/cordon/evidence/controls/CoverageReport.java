package io.cordon.evidence.controls;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the log says of a period.
 *
 * @param from first moment, UTC; to, the first one after it
 * @param changes ids of the cases in which an action was prepared
 * @param controls how often each event that answers to a control happened
 */
public record CoverageReport(Instant from, Instant to, List<String> changes, List<Answer> checks, List<Control> controls) {

  /**
   * The answer to one question.
   *
   * @param population how many entries it was asked of
   * @param exceptions those for which it does not hold, at most {@link Coverage#MOST_EXCEPTIONS}
   * @param query what was asked of the database
   */
  public record Answer(String id, String title, List<String> controls, long population, List<Failing> exceptions, String query) {
    /** Whether it holds for all; of nothing everything holds. */
    public boolean holds() {
      return exceptions.isEmpty();
    }
  }

  /** An entry for which something does not hold. */
  public record Failing(String caseId, long seq) {}

  /** A control with the events that answer to it. */
  public record Control(String id, String title, List<String> also, Map<String, Long> events) {}
}
