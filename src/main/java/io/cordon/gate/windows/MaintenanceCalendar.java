package io.cordon.gate.windows;

import java.util.List;

/** The calendar from which windows are offered, whatever holds it. */
interface MaintenanceCalendar {
  /**
   * Every entry that shares a moment with this span, each occurrence of a series on its own.
   *
   * @throws CalendarUnreadable when there is no complete answer
   */
  List<CalendarEntry> read(TimeSpan span);
}
