package io.cordon.gate.windows;

import java.time.Duration;
import java.util.Optional;

/** The calendar gave no complete answer. Carries a code of ours, never what was asked or answered. */
public final class CalendarUnreadable extends RuntimeException {
  private final String code;
  private final Duration retryAfter;

  CalendarUnreadable(String code) {
    this(code, null);
  }

  CalendarUnreadable(String code, Duration retryAfter) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Such as STATUS_429, NOT_REACHED or UNREADABLE. */
  public String code() {
    return code;
  }

  /** How long the calendar asked us to wait, if it did. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
