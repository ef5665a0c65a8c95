package io.cordon.gate.windows;

import java.time.Instant;

/**
 * How the site's calendar stands, for whoever looks after it.
 *
 * @param there whether the site has one
 * @param readAt when it was last read to its end, UTC; null if never
 * @param failedAt when it last failed since then; null when it did not
 * @param failure code of that failure, such as NOT_REACHED or STATUS_403; null with it
 * @param entries how many entries of ours it held
 * @param blackouts how many periods in which nothing may start the settings name besides
 */
public record CalendarState(boolean there, Instant readAt, Instant failedAt, String failure, int entries, int blackouts) {}
