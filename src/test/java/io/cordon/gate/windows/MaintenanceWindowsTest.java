package io.cordon.gate.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.testing.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaintenanceWindowsTest {
  private static final Instant NOW = Instant.parse("2028-02-28T22:00:00Z");
  private static final Duration REFRESH = Duration.ofMinutes(2);

  private final SettableClock clock = new SettableClock(NOW);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<CalendarEntry> inTheCalendar = new ArrayList<>();
  private final List<CalendarEntry> configured = new ArrayList<>();
  private CalendarUnreadable failure;
  private int readings;

  @Test
  void offersTheNextThreeWindowsOfTheService() {
    offer("late", 30, 32);
    offer("over", -5, -1);
    offer("soon", 3, 5);
    offer("leap-day", 20, 24);
    offer("fourth", 50, 52);
    inTheCalendar.add(new CalendarEntry("other", hours(1, 2), false, Set.of("EHR")));
    CalendarView view = read().view("PACS");
    assertThat(view.state()).isEqualTo(CalendarView.State.READ);
    assertThat(view.offers()).extracting(OfferedWindow::key).containsExactly("soon", "leap-day", "late");
    assertThat(view.offers().get(1).span().to()).isEqualTo("2028-02-29T22:00:00Z");
  }

  @Test
  void offersWhatIsLeftOfAWindowThatIsOpen() {
    offer("open", -1, 1);
    OfferedWindow offered = read().view("PACS").offers().get(0);
    assertThat(offered.open()).isTrue();
    assertThat(offered.span()).isEqualTo(hours(0, 1));
  }

  @Test
  void offersNoWindowThatIsTooShortOrTooFarAway() {
    inTheCalendar.add(new CalendarEntry("short", new TimeSpan(NOW, NOW.plus(WindowLimits.USUAL.shortest()).minusSeconds(1)), false, Set.of()));
    inTheCalendar.add(new CalendarEntry("far", new TimeSpan(NOW.plus(Duration.ofDays(7)).plusSeconds(1), NOW.plus(Duration.ofDays(8))), false, Set.of()));
    assertThat(read().view("PACS").offers()).isEmpty();
    inTheCalendar.add(new CalendarEntry("enough", new TimeSpan(NOW, NOW.plus(WindowLimits.USUAL.shortest())), false, Set.of()));
    assertThat(read().view("PACS").offers()).hasSize(1);
  }

  @Test
  void cutsAWindowToTheLongestThatMayBeApproved() {
    offer("long", 2, 60);
    assertThat(read().view("PACS").offers().get(0).span()).isEqualTo(hours(2, 26));
  }

  @Test
  void offersNothingThatRunsIntoABlackout() {
    offer("first", 1, 3);
    offer("second", 4, 6);
    inTheCalendar.add(new CalendarEntry("freeze", hours(2, 4), true, Set.of("PACS")));
    configured.add(new CalendarEntry("configured", hours(5, 6), true, Set.of("EHR")));
    MaintenanceWindows windows = read();
    assertThat(windows.view("PACS").offers()).extracting(OfferedWindow::key).containsExactly("second");
    assertThat(windows.view("EHR").offers()).extracting(OfferedWindow::key).containsExactly("first");
    assertThat(windows.blackouts("PACS").get(0)).isEqualTo(hours(2, 4));
    assertThat(windows.blackout("PACS", hours(4, 9))).isEmpty();
  }

  @Test
  void offersNothingOnceTheCalendarCannotBeReadButKeepsItsBlackouts() {
    offer("soon", 3, 5);
    inTheCalendar.add(new CalendarEntry("freeze", hours(8, 9), true, Set.of()));
    MaintenanceWindows windows = read();
    failure = new CalendarUnreadable("NOT_REACHED");
    clock.tick(REFRESH);
    windows.refresh();
    assertThat(windows.view("PACS")).isEqualTo(new CalendarView(CalendarView.State.UNREADABLE, List.of(), NOW));
    assertThat(windows.blackout("PACS", hours(8, 10))).contains(hours(8, 9));
    assertThat(meters.counter("cordon.calendar.failures", "code", "NOT_REACHED").count()).isEqualTo(1);
    failure = null;
    windows.refresh();
    assertThat(windows.view("PACS").offers()).hasSize(1);
  }

  @Test
  void takesAReadingThatGrewOldForNone() {
    offer("soon", 3, 5);
    MaintenanceWindows windows = read();
    clock.tick(REFRESH.multipliedBy(3).minusSeconds(1));
    assertThat(windows.view("PACS").state()).isEqualTo(CalendarView.State.READ);
    clock.tick(Duration.ofSeconds(1));
    assertThat(windows.view("PACS").state()).isEqualTo(CalendarView.State.UNREADABLE);
  }

  @Test
  void asksNoSoonerThanItWasToldTo() {
    failure = new CalendarUnreadable("STATUS_429", Duration.ofSeconds(90));
    MaintenanceWindows windows = read();
    clock.tick(Duration.ofSeconds(89));
    windows.refresh();
    assertThat(readings).isEqualTo(1);
    clock.tick(Duration.ofSeconds(1));
    windows.refresh();
    assertThat(readings).isEqualTo(2);
  }

  @Test
  void readsAgainBeforeActing() {
    offer("soon", 3, 5);
    MaintenanceWindows windows = read();
    assertThat(windows.lookAgain("soon")).isEqualTo(MaintenanceWindows.Standing.OFFERED);
    assertThat(readings).isEqualTo(2);
    inTheCalendar.clear();
    assertThat(windows.lookAgain("soon")).isEqualTo(MaintenanceWindows.Standing.GONE);
    assertThat(windows.lookAgain(null)).isEqualTo(MaintenanceWindows.Standing.OFFERED);
    failure = new CalendarUnreadable("NO_ANSWER");
    readings = 0;
    assertThat(windows.lookAgain("soon")).isEqualTo(MaintenanceWindows.Standing.UNREADABLE);
    assertThat(readings).isEqualTo(2);
    assertThat(windows.lookAgain(null)).isEqualTo(MaintenanceWindows.Standing.OFFERED);
  }

  @Test
  void takesNoCalendarThatWasNeverReadForOneWithoutBlackouts() {
    failure = new CalendarUnreadable("NOT_REACHED");
    MaintenanceWindows windows = read();
    assertThat(windows.areUnknown()).isTrue();
    assertThat(windows.lookAgain(null)).isEqualTo(MaintenanceWindows.Standing.UNREADABLE);
    failure = null;
    assertThat(windows.lookAgain(null)).isEqualTo(MaintenanceWindows.Standing.OFFERED);
    failure = new CalendarUnreadable("NOT_REACHED");
    assertThat(windows.lookAgain(null)).as("what it said once stays").isEqualTo(MaintenanceWindows.Standing.OFFERED);
    assertThat(windows.areUnknown()).isFalse();
  }

  @Test
  void offersNothingWithoutACalendar() {
    var windows = new MaintenanceWindows(Optional.empty(), List.of(), WindowLimits.USUAL, new CalendarMeters(meters, clock), clock, ZoneId.of("UTC"), REFRESH);
    windows.refresh();
    assertThat(windows.view("PACS").state()).isEqualTo(CalendarView.State.NONE);
    assertThat(windows.lookAgain(null)).isEqualTo(MaintenanceWindows.Standing.OFFERED);
    assertThat(windows.areUnknown()).isFalse();
  }

  @Test
  void readsConfiguredBlackoutsInTheZoneOfTheSite() {
    ZoneId newYork = ZoneId.of("America/New_York");
    // both times come twice that night: the longest reading counts
    var night = new WindowsProperties.Blackout("2026-11-01T01:30", "2026-11-01T01:45", "PACS").entry(newYork);
    assertThat(night.span()).isEqualTo(new TimeSpan(Instant.parse("2026-11-01T05:30:00Z"), Instant.parse("2026-11-01T06:45:00Z")));
    var exact = new WindowsProperties.Blackout("2026-11-01T01:30-05:00", "2026-11-01T01:45-05:00", null).entry(newYork);
    assertThat(exact.span()).isEqualTo(new TimeSpan(Instant.parse("2026-11-01T06:30:00Z"), Instant.parse("2026-11-01T06:45:00Z")));
    assertThat(exact.services()).isEmpty();
  }

  private MaintenanceWindows read() {
    MaintenanceCalendar calendar = span -> {
      readings++;
      if (failure != null) {
        throw failure;
      }
      return List.copyOf(inTheCalendar);
    };
    var windows =
        new MaintenanceWindows(Optional.of(calendar), configured, WindowLimits.USUAL, new CalendarMeters(meters, clock), clock, ZoneId.of("UTC"), REFRESH);
    windows.refresh();
    return windows;
  }

  private void offer(String key, int from, int to) {
    inTheCalendar.add(new CalendarEntry(key, hours(from, to), false, Set.of()));
  }

  private static TimeSpan hours(int from, int to) {
    return new TimeSpan(NOW.plus(Duration.ofHours(from)), NOW.plus(Duration.ofHours(to)));
  }
}
