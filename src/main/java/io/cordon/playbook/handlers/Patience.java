package io.cordon.playbook.handlers;

import io.cordon.containment.mde.MdeException;
import io.cordon.containment.mde.MdeThrottled;
import io.cordon.containment.mde.MdeUnavailable;
import io.cordon.playbook.worker.RetryLaterException;
import io.cordon.playbook.worker.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** How long a step waits for a Defender that is away. None waits for ever: at the end a person is asked (invariant I6). */
final class Patience {
  static final Duration AGAIN = Duration.ofSeconds(10);
  /** A quota is asked for again at least this often, whatever Defender says: the end of a window does not wait for it. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private Patience() {}

  /** The answer, or empty once there is no time left to act on it; until then the step is done again, no sooner than asked. */
  static <T> Optional<T> within(Duration left, Supplier<T> question) {
    if (left.isNegative() || left.isZero()) {
      return Optional.empty();
    }
    try {
      return Optional.of(question.get());
    } catch (MdeException e) {
      throw new RetryLaterException(capped(wait(e), left));
    }
  }

  /**
   * The answer; when it does not come by the last try, what that means. Being throttled uses up no try as long as there is
   * time left.
   */
  static String byTheLastTry(Work work, Duration left, Supplier<String> question, String otherwise) {
    try {
      return question.get();
    } catch (MdeThrottled e) {
      if (left.isNegative() || left.isZero()) {
        return otherwise;
      }
      throw new RetryLaterException(capped(e.retryAfter(), LONGEST_WAIT));
    } catch (MdeException e) {
      if (work.lastTry()) {
        return otherwise;
      }
      throw e;
    }
  }

  /** The answer, or this one while Defender is away: for a question that a timer asks again and another one ends. */
  static String orMeanwhile(Supplier<String> question, String meanwhile) {
    try {
      return question.get();
    } catch (MdeThrottled e) {
      throw new RetryLaterException(capped(e.retryAfter(), LONGEST_WAIT));
    } catch (MdeUnavailable e) {
      return meanwhile;
    }
  }

  /** Waits as asked, but wakes up when there is no time left, so that nothing hangs beyond its window. */
  static Duration capped(Duration asked, Duration left) {
    Duration rest = left.isNegative() ? Duration.ZERO : left;
    return asked.compareTo(rest) < 0 ? asked : rest;
  }

  private static Duration wait(MdeException e) {
    return e instanceof MdeThrottled throttled ? throttled.retryAfter() : AGAIN;
  }
}
