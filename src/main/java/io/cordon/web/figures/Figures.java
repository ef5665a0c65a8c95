package io.cordon.web.figures;

import io.cordon.web.figures.Counted.What;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures of a period; what never happened is nought, not missing. */
public record Figures(Period period, List<Spread> spreads, List<Counted> counted) {
  /** Whether nothing at all happened. */
  public boolean isEmpty() {
    return spreads.isEmpty() && counted.isEmpty();
  }

  /** Over the whole period. */
  public Spread of(Measure measure) {
    return of(measure, null);
  }

  /** Over the cases opened in the week of this Monday. */
  public Spread of(Measure measure, LocalDate week) {
    return spreads.stream()
        .filter(spread -> spread.measure() == measure && (week == null ? spread.week() == null : week.equals(spread.week())))
        .findFirst().orElse(Spread.none(measure, week));
  }

  public long count(What what) {
    return counted.stream().filter(one -> one.what() == what).mapToLong(Counted::count).sum();
  }

  public long count(What what, LocalDate week) {
    return counted.stream().filter(one -> one.what() == what && one.week().equals(week)).mapToLong(Counted::count).sum();
  }

  /** How often for each reason, the most frequent first. */
  public List<Map.Entry<String, Long>> reasons(What what) {
    Map<String, Long> sums = new TreeMap<>();
    counted.stream().filter(one -> one.what() == what).forEach(one -> sums.merge(one.reason(), one.count(), Long::sum));
    return sums.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()).toList();
  }

  public List<LocalDate> weeks() {
    return period.weeks();
  }
}
