package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedCalendarTest {
  private static final String VIEW = "/v1.0/users/maintenance%40hosp.example/calendar/calendarView";

  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void showsWhatLiesInTheSpanInPagesAndOnlyWhatIsSelected() throws IOException {
    for (int hour = 0; hour < 3; hour++) {
      place("{\"inMinutes\":" + hour * 60 + ",\"minutes\":30,\"categories\":[\"Maintenance\"]}");
    }
    place("{\"inMinutes\":100000,\"minutes\":30,\"categories\":[\"Maintenance\"]}");
    RunningSandbox.Got first = view(span() + "&$top=2&$select=iCalUId,start,end", true);
    assertThat(first.body().path("value")).hasSize(2);
    assertThat(first.body().at("/value/0/start/timeZone").asText()).isEqualTo("UTC");
    assertThat(first.body().at("/value/0").has("subject")).isFalse();
    String next = first.body().path("@odata.nextLink").asText();
    RunningSandbox.Got second = get(next.substring(sandbox.cloud.cloudUrl().length()), SimulatedCalendar.READ, true);
    assertThat(second.body().path("value")).hasSize(1);
    assertThat(second.body().has("@odata.nextLink")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?startDateTime=2026-01-01T00:00:00Z", "SPAN&$filter=subject", "SPAN&$select=body", "SPAN&$top=1001"})
  void refusesAQueryItDoesNotUnderstand(String query) throws IOException {
    assertThat(view(query.replace("SPAN", span()), true).status()).isEqualTo(400);
  }

  @Test
  void refusesOtherMailboxesRolesAndZones() throws IOException {
    assertThat(get(VIEW.replace("maintenance", "somebody") + span(), SimulatedCalendar.READ, true).code()).isEqualTo("ErrorAccessDenied");
    assertThat(get(VIEW + span(), SimulatedGraph.READ_ALERTS, true).status()).isEqualTo(403);
    assertThat(view(span(), false).status()).isEqualTo(400);
    assertThat(sandbox.control("POST", "/_sandbox/calendar", "{\"minutes\":30}").status()).isEqualTo(400);
  }

  private void place(String event) throws IOException {
    assertThat(sandbox.control("POST", "/_sandbox/calendar", event).status()).isEqualTo(201);
  }

  private String span() {
    var now = sandbox.cloud.clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return "?startDateTime=" + now.minus(Duration.ofHours(1)) + "&endDateTime=" + now.plus(Duration.ofDays(7));
  }

  private RunningSandbox.Got view(String query, boolean utc) throws IOException {
    return get(VIEW + query, SimulatedCalendar.READ, utc);
  }

  private RunningSandbox.Got get(String path, String role, boolean utc) throws IOException {
    Request.Builder request =
        new Request.Builder().url(sandbox.cloud.cloudUrl() + path).header("Authorization", "Bearer " + sandbox.token(SimulatedGraph.AUDIENCE, role));
    return sandbox.call((utc ? request.header("Prefer", "outlook.timezone=\"UTC\"") : request).build());
  }
}
