package io.cordon.web.figures;

import io.cordon.web.figures.Counted.What;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The figures of a period, by default of the last thirty days. */
@Controller
class FiguresController {
  private static final List<Integer> USUAL = List.of(7, 30, 90, 365);

  private final CaseFigures figures;
  private final Clock clock;
  private final ZoneId zone;

  FiguresController(CaseFigures figures, Clock clock, @Value("${cordon.zone:UTC}") ZoneId zone) {
    this.figures = figures;
    this.clock = clock;
    this.zone = zone;
  }

  /** A period to choose with one press. */
  record Choice(int days, Period period, boolean chosen) {}

  @GetMapping("/figures")
  String show(@RequestParam(required = false) String from, @RequestParam(required = false) String to, Model model) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    Period period = Period.upTo(today, 30, zone);
    try {
      period = Period.typed(from, to, today, zone);
      draw(figures.of(period), model);
    } catch (IllegalArgumentException e) {
      model.addAttribute("problem", "figures.problem.period");
    } catch (QueryTimeoutException e) {
      model.addAttribute("problem", "figures.problem.slow");
    }
    model.addAttribute("period", period);
    model.addAttribute("choices", choices(period, today));
    return "figures";
  }

  private List<Choice> choices(Period period, LocalDate today) {
    return USUAL.stream().map(days -> Period.upTo(today, days, zone)).map(one -> new Choice(days(one), one, one.equals(period))).toList();
  }

  private static int days(Period period) {
    return (int) (period.last().toEpochDay() - period.first().toEpochDay()) + 1;
  }

  private static void draw(Figures found, Model model) {
    List<LocalDate> weeks = found.weeks();
    model.addAttribute("figures", found);
    model.addAttribute("spread", SpreadPicture.of(found));
    model.addAttribute("lengths", Lengths.WORDS);
    model.addAttribute("perWeek", Stream.of(Measure.TOLD, Measure.DECIDED, Measure.CONTAINED)
        .map(measure -> WeekBars.ofTimes("figures.week." + measure, weeks, week -> found.of(measure, week).half())).toList());
    model.addAttribute("sums", Stream.of(Measure.EXPOSED, Measure.ISOLATED)
        .map(measure -> WeekBars.ofTimes("figures.week." + measure, weeks, week -> found.of(measure, week).total())).toList());
    model.addAttribute("counts", Stream.of(What.values())
        .map(what -> WeekBars.ofCounts("figures.week." + what, weeks, week -> found.count(what, week))).toList());
  }
}
