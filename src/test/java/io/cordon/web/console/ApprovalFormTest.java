package io.cordon.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Decision;
import io.cordon.gate.windows.PlayedCalendar;
import io.cordon.platform.people.Person;
import io.cordon.playbook.FormField;
import io.cordon.playbook.TaskForm;
import io.cordon.testing.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;

class ApprovalFormTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Instant NOW = Instant.parse("2026-03-07T20:00:00Z");
  private static final Person PERSON = new Person("tenant", "clin.pacs", "Test", Set.of("Clinical.Approver"), Set.of());

  private final SettableClock clock = new SettableClock(NOW);
  private final PlayedCalendar calendar = new PlayedCalendar(clock, NEW_YORK);
  private ApprovalForm form;

  @BeforeEach
  void read() throws IOException {
    String file = new ClassPathResource("forms/approve-maintenance-window.form").getContentAsString(StandardCharsets.UTF_8);
    form = new ApprovalForm(TaskForm.parse(file).fields(), request -> false, calendar.windows(), new Times(NEW_YORK, clock), clock);
  }

  @Test
  void offersTheWindowsOfTheCalendarBeforeThoseNamedByHand() {
    calendar.offer("night", "2026-03-08T06:00:00Z", "2026-03-08T09:00:00Z");
    calendar.offer("open", "2026-03-07T19:00:00Z", "2026-03-07T22:00:00Z");
    // the clocks go forward between the two: the zone stands at both
    assertThat(windowChoice().options())
        .extracting(FormField.Option::label)
        .containsExactly("Now, until Sat 7 Mar, 17:00 EST", "Sun 8 Mar, 01:00 EST to 05:00 EDT", "Now", "At a set time");
    assertThat(windowChoice().isChoice()).isTrue();
  }

  @Test
  void takesAWindowOfTheCalendarWithoutAskingForItsTimes() {
    calendar.offer("night", "2026-03-08T06:00:00Z", "2026-03-08T09:00:00Z");
    Map<String, String> posted = yes(windowChoice().options().get(0).value());
    posted.remove("windowMinutes");
    Decision decision = decision(posted);
    assertThat(decision.windowFrom()).isEqualTo("2026-03-08T06:00:00Z");
    assertThat(decision.windowTo()).isEqualTo("2026-03-08T09:00:00Z");
    assertThat(decision.backBy()).isEqualTo("2026-03-08T10:00:00Z");
    assertThat(decision.seen().offeredWindow()).isEqualTo("night");
  }

  @Test
  void takesAnOpenWindowFromNowOn() {
    calendar.offer("open", "2026-03-07T19:00:00Z", "2026-03-07T22:00:00Z");
    Decision decision = decision(yes(windowChoice().options().get(0).value()));
    assertThat(decision.windowFrom()).isNull();
    assertThat(decision.windowTo()).isEqualTo("2026-03-07T22:00:00Z");
  }

  @Test
  void refusesAWindowThatLeftTheCalendar() {
    calendar.offer("night", "2026-03-08T06:00:00Z", "2026-03-08T09:00:00Z");
    Map<String, String> posted = yes(windowChoice().options().get(0).value());
    calendar.clear();
    assertThat(form.filled(request(), posted).problems()).containsEntry("windowChoice", "CHOICE");
  }

  @Test
  void keepsWindowsNamedByHandWhileTheCalendarCannotBeRead() {
    calendar.offer("night", "2026-03-08T06:00:00Z", "2026-03-08T09:00:00Z");
    calendar.fail();
    assertThat(windowChoice().options()).extracting(FormField.Option::value).containsExactly("NOW", "AT");
    Decision decision = decision(yes("NOW"));
    assertThat(decision.windowTo()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(decision.seen().offeredWindow()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-08T01:59, , 2026-03-08T06:59:00Z", "2026-03-08T02:00, TIME_SKIPPED, ", "2026-03-08T02:59, TIME_SKIPPED, ",
    "2026-03-08T03:00, , 2026-03-08T07:00:00Z", "2026-11-01T00:59, , 2026-11-01T04:59:00Z", "2026-11-01T01:00, TIME_TWICE, ",
    "2026-11-01T01:59, TIME_TWICE, ", "2026-11-01T02:00, , 2026-11-01T07:00:00Z", "2028-02-29T02:30, , 2028-02-29T07:30:00Z"})
  void takesNoTimeThatDoesNotComeOrComesTwice(String typed, String problem, Instant from) {
    Map<String, String> posted = yes("AT");
    posted.put("windowFrom", typed);
    assertThat(form.filled(request(), posted).problems().get("windowFrom")).isEqualTo(problem);
    if (from != null) {
      assertThat(decision(posted).windowFrom()).isEqualTo(from);
    }
  }

  @Test
  void asksForNoLessTimeThanTheSiteNeeds() {
    Map<String, String> posted = yes("NOW");
    posted.put("windowMinutes", "4");
    assertThat(form.filled(request(), posted).problems()).containsEntry("windowMinutes", "NUMBER");
  }

  private Decision decision(Map<String, String> posted) {
    var filled = form.filled(request(), posted);
    assertThat(filled.problems()).isEmpty();
    return form.decision(request(), 1, filled.values(), Map.of(), PERSON);
  }

  private static Map<String, String> yes(String window) {
    return new HashMap<>(
        Map.of("verdict", "APPROVE", "windowChoice", window, "windowMinutes", "60", "backByHours", "4", "procedureImpact", "NONE_RUNNING",
            "reasonCode", "NO_PATIENT_IMPACT"));
  }

  private FormField windowChoice() {
    return form.questionsOfAYes(request()).stream().filter(field -> field.key().equals("windowChoice")).findFirst().orElseThrow();
  }

  private static ApprovalRequest request() {
    return new ApprovalRequest(
        "a-1", "c-1", "p-1", "pi-1", ApprovalState.PENDING, 1, 1, "Clinical.Approver", "PACS", 1, NOW, NOW.plusSeconds(600),
        null, null, null, null, null, null);
  }
}
