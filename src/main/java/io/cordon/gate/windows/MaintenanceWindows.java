package io.cordon.gate.windows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The windows a calendar offers and the periods in which nothing may start. Offers come only from a calendar that was read
 * lately; what it said of blackouts stays true until it says otherwise.
 */
public class MaintenanceWindows {
  /** As far ahead as an approval may reach, and the longest window it may name. */
  public static final Duration FARTHEST_START = Duration.ofDays(7);
  public static final Duration LONGEST_WINDOW = Duration.ofHours(24);

  private static final int MOST_OFFERS = 3;
  private static final int MOST_BLACKOUTS = 10;
  /** A blackout matters up to the time by which the service is expected back. */
  private static final Duration LOOK_AHEAD = Duration.ofDays(31);

  private final Optional<MaintenanceCalendar> calendar;
  private final List<CalendarEntry> configured;
  private final WindowLimits limits;
  private final CalendarMeters meters;
  private final Clock clock;
  private final ZoneId zone;
  private final Duration refresh;
  private volatile Reading last = new Reading(List.of(), null, null, null, Instant.MIN);

  /** What the calendar said last, when and why it failed since (null when it did not), and before when it is not to be asked. */
  private record Reading(List<CalendarEntry> entries, Instant readAt, Instant failedAt, String failure, Instant notBefore) {}

  /** What became of a window that was chosen from the calendar. */
  public enum Standing {
    OFFERED,
    GONE,
    UNREADABLE
  }

  MaintenanceWindows(
      Optional<MaintenanceCalendar> calendar,
      List<CalendarEntry> configured,
      WindowLimits limits,
      CalendarMeters meters,
      Clock clock,
      ZoneId zone,
      Duration refresh) {
    this.calendar = calendar;
    this.configured = List.copyOf(configured);
    this.limits = limits;
    this.meters = meters;
    this.clock = clock;
    this.zone = zone;
    this.refresh = refresh;
  }

  public WindowLimits limits() {
    return limits;
  }

  /** The zone in which people read and name times here. */
  public ZoneId zone() {
    return zone;
  }

  /** Reads the calendar when it is due; a failure is remembered, counted and shown, never thrown. */
  void refresh() {
    Instant now = clock.instant();
    Reading before = last;
    boolean due = before.readAt() == null || before.failedAt() != null || !now.isBefore(before.readAt().plus(refresh));
    if (calendar.isPresent() && due && !now.isBefore(before.notBefore())) {
      read();
    }
  }

  private boolean read() {
    Instant now = clock.instant();
    try {
      last = new Reading(List.copyOf(calendar.orElseThrow().read(new TimeSpan(now, now.plus(LOOK_AHEAD)))), now, null, null, Instant.MIN);
      meters.read(now);
      return true;
    } catch (CalendarUnreadable e) {
      meters.failed(e.code());
      last = new Reading(last.entries(), last.readAt(), now, e.code(), e.retryAfter().map(now::plus).orElse(Instant.MIN));
      return false;
    }
  }

  /** How the calendar itself stands, whatever service it is for. */
  public CalendarState state() {
    Reading reading = last;
    return new CalendarState(calendar.isPresent(), reading.readAt(), reading.failedAt(), reading.failure(), reading.entries().size(), configured.size());
  }

  /** What this clinical service is offered next, the soonest first. */
  public CalendarView view(String clinicalService) {
    Reading reading = last;
    if (calendar.isEmpty()) {
      return new CalendarView(CalendarView.State.NONE, List.of(), null);
    }
    boolean counts =
        reading.failedAt() == null && reading.readAt() != null && clock.instant().isBefore(reading.readAt().plus(refresh.multipliedBy(3)));
    return counts
        ? new CalendarView(CalendarView.State.READ, offers(reading, clinicalService), reading.readAt())
        : new CalendarView(CalendarView.State.UNREADABLE, List.of(), reading.readAt());
  }

  private List<OfferedWindow> offers(Reading reading, String clinicalService) {
    Instant now = clock.instant();
    return reading.entries().stream()
        .filter(entry -> !entry.blackout() && entry.concerns(clinicalService))
        .flatMap(entry -> offer(entry, now).stream())
        .filter(offer -> blackout(clinicalService, offer.span()).isEmpty())
        .sorted(Comparator.comparing((OfferedWindow offer) -> offer.span().from()).thenComparing(OfferedWindow::key))
        .limit(MOST_OFFERS)
        .toList();
  }

  private Optional<OfferedWindow> offer(CalendarEntry entry, Instant now) {
    boolean open = !entry.span().from().isAfter(now);
    Instant from = open ? now : entry.span().from();
    Instant to = earlier(entry.span().to(), from.plus(LONGEST_WINDOW));
    boolean usable = !from.isAfter(now.plus(FARTHEST_START)) && Duration.between(from, to).compareTo(limits.shortest()) >= 0;
    return usable ? Optional.of(new OfferedWindow(entry.key(), new TimeSpan(from, to), open)) : Optional.empty();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** The first period in this span in which nothing of the service may be taken away. */
  public Optional<TimeSpan> blackout(String clinicalService, TimeSpan span) {
    return blackoutsIn(clinicalService, span).findFirst();
  }

  /** The periods, of those an approval given now could run into, in which nothing of the service may be taken away; the soonest first. */
  public List<TimeSpan> blackouts(String clinicalService) {
    Instant now = clock.instant();
    return blackoutsIn(clinicalService, new TimeSpan(now, now.plus(FARTHEST_START))).limit(MOST_BLACKOUTS).toList();
  }

  private Stream<TimeSpan> blackoutsIn(String clinicalService, TimeSpan span) {
    return Stream.concat(configured.stream(), last.entries().stream())
        .filter(entry -> entry.blackout() && entry.concerns(clinicalService) && entry.span().overlaps(span))
        .map(CalendarEntry::span)
        .sorted(Comparator.comparing(TimeSpan::from));
  }

  /** Whether there is a calendar and nothing was read from it since the start, so that nobody can tell of a blackout. */
  public boolean areUnknown() {
    return calendar.isPresent() && last.readAt() == null;
  }

  /**
   * Reads the calendar again, right before acting, and says whether a window that was chosen from it is still in it. Twice
   * when need be: one lost answer is not worth waking people for.
   *
   * @param key of the window; null when it was named by hand, which needs no more of the calendar than that it was ever read
   */
  public Standing lookAgain(String key) {
    if (calendar.isEmpty()) {
      return key == null ? Standing.OFFERED : Standing.GONE;
    }
    boolean read = read() || (last.notBefore().equals(Instant.MIN) && read());
    if (key == null && !areUnknown()) {
      return Standing.OFFERED;
    }
    if (!read) {
      return Standing.UNREADABLE;
    }
    return last.entries().stream().anyMatch(entry -> entry.key().equals(key) && !entry.blackout()) ? Standing.OFFERED : Standing.GONE;
  }
}
