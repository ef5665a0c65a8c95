package io.cordon.playbook.worker;

import java.time.Duration;

/** The outside asked to be called again after this time; does not use up a try. */
public class RetryLaterException extends RuntimeException {
  private final Duration after;

  public RetryLaterException(Duration after) {
    super("to be done again later");
    this.after = after;
  }

  Duration after() {
    return after;
  }
}
