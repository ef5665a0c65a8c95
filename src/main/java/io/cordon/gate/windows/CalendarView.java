package io.cordon.gate.windows;

import java.time.Instant;
import java.util.List;

/**
 * What people are told of the calendar.
 *
 * @param offers the next windows; empty unless the state is READ
 * @param readAt when it was last read to its end; null if never
 */
public record CalendarView(State state, List<OfferedWindow> offers, Instant readAt) {
  public enum State {
    /** The site has no calendar here. */
    NONE,
    /** Read, and young enough to count. */
    READ,
    /** It could not be read, or not lately. */
    UNREADABLE
  }
}
