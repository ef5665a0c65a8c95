package io.cordon.web.figures;

import java.time.LocalDate;

/**
 * How often something happened in a week.
 *
 * @param reason its code, with words of its own under {@code detail} in messages.properties; empty without one
 * @param week its Monday
 */
public record Counted(What what, String reason, LocalDate week, long count) {
  /** What is counted. */
  public enum What {
    /** An answer that the gate did not take. */
    REFUSED,
    /** An emergency that was declared: two leads are asked instead of Clinical Ops. */
    OVERRIDDEN,
    /** Nobody answered or could be told, and others were called; a reminder is none. */
    ESCALATED
  }
}
