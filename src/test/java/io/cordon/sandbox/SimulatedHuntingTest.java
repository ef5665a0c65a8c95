package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatedHuntingTest {
  private static final String SPAN = "2026-03-01T02:00:00Z/2026-03-01T03:00:00Z";
  private static final String BOUND =
      "DeviceProcessEvents | where DeviceId == \"" + "4f22ab5dc4be96566ee3c9adb3b77280dc08bfdb" + "\" and Timestamp between (datetime(2026-03-01T02:00:00Z) .. datetime(2026-03-01T03:00:00Z))";
  private static final String SHELLS = " | where ProcessCommandLine has_any (\"nc -e\", \"/dev/tcp\")";

  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void answersABoundedQuestionOfAKnownKind() throws Exception {
    assertThat(hunt(BOUND + SHELLS + " | summarize hits=count()", SPAN).body().at("/results/0/hits").asInt(-1)).isZero();
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    for (String query : List.of(
        "DeviceProcessEvents | summarize hits=count()",
        BOUND + " | summarize hits=count()",
        BOUND + SHELLS,
        BOUND + SHELLS + " | summarize hits=count() | union DeviceFileEvents",
        BOUND + " | where DestinationPort == 104 | summarize flows=count()")) {
      assertThat(hunt(query, SPAN).status()).as(query).isEqualTo(400);
    }
  }

  @Test
  void refusesASpanThatIsNone() throws Exception {
    for (String span : List.of("", "P7D", "2026-03-01T03:00:00Z/2026-03-01T02:00:00Z", "2026-01-01T00:00:00Z/2026-03-01T00:00:00Z")) {
      assertThat(hunt(BOUND + SHELLS + " | summarize hits=count()", span).status()).as(span).isEqualTo(400);
    }
  }

  @Test
  void wantsTheRightToHunt() throws Exception {
    String token = sandbox.token(SimulatedGraph.AUDIENCE, SimulatedGraph.READ_ALERTS);
    assertThat(sandbox.send("POST", token, SimulatedHunting.PATH, "{}").status()).isEqualTo(403);
  }

  @Test
  void throttlesAboveFortyFiveAMinute() throws Exception {
    for (int i = 0; i < 45; i++) {
      hunt("x", SPAN);
    }
    RunningSandbox.Got refused = hunt("x", SPAN);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).matches("[0-9]+");
  }

  private RunningSandbox.Got hunt(String query, String span) throws Exception {
    String body = Call.JSON.writeValueAsString(Map.of("Query", query, "Timespan", span));
    return sandbox.send("POST", sandbox.token(SimulatedGraph.AUDIENCE, SimulatedHunting.READ), SimulatedHunting.PATH, body);
  }
}
