package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedLogAnalyticsTest {
  private static final String PATH = "/v1/workspaces/" + SimulatedLogAnalytics.WORKSPACE + "/query";
  private static final String FROM_THE_START = "datetime(2020-01-01T00:00:00.0000000Z)";
  private static final String QUERY =
      "SecurityAlert | where ingestion_time() >= " + FROM_THE_START
          + " | where ProviderName in ('MDATP', 'Azure Security Center') or ProductName has 'Sentinel'"
          + " | project SystemAlertId, Entities, At=ingestion_time() | extend Key=hash_sha256(tostring(pack_all()))"
          + " | order by At asc, Key asc | take 2";

  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void listsWhatWasPlacedOldestFirstAndGoesOnBehindARow() throws Exception {
    for (int i = 0; i < 3; i++) {
      place("{\"service\":\"loganalytics\",\"alert\":{\"SystemAlertId\":\"a-" + i + "\",\"ProviderName\":\"MDATP\"}}");
    }
    place("{\"service\":\"loganalytics\",\"alert\":{\"SystemAlertId\":\"mail\",\"ProviderName\":\"OATP\",\"ProductName\":\"Office 365\"}}");
    place("{\"service\":\"loganalytics\",\"device\":\"pacs-gw-01\"}");

    JsonNode first = ask(QUERY).body().at("/tables/0/rows");
    assertThat(List.of(first.at("/0/0").asText(), first.at("/1/0").asText())).containsExactly("a-0", "a-1");
    String behind = " | where At > datetime(" + first.at("/1/2").asText() + ") or strcmp(Key, '" + first.at("/1/3").asText() + "') > 0 | order";
    JsonNode second = ask(QUERY.replace(FROM_THE_START, "datetime(" + first.at("/1/2").asText() + ")").replace(" | order", behind)).body().at("/tables/0/rows");
    assertThat(second.at("/0/0").asText()).isEqualTo("a-2");
    assertThat(second.at("/1/1").asText()).contains(sandbox.device("pacs-gw-01").mdeId);
    assertThat(second.size()).isEqualTo(2);
  }

  @Test
  void listsNothingFromBefore() throws Exception {
    place("{\"service\":\"loganalytics\",\"device\":\"pacs-gw-01\"}");
    String later = "datetime(" + Instant.now().plusSeconds(60).toString().substring(0, 19) + ".0000000Z)";
    assertThat(ask(QUERY.replace(FROM_THE_START, later)).body().at("/tables/0/rows").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SecurityAlert", "SecurityIncident | take 1", "SecurityAlert | where ingestion_time() > ago(1h)", ""})
  void refusesAQueryItDoesNotUnderstand(String query) throws Exception {
    assertThat(ask(query).status()).isEqualTo(400);
  }

  @Test
  void refusesAColumnThatTheTableDoesNotHave() throws Exception {
    assertThat(ask(QUERY.replace("Entities", "DestinationPort")).status()).isEqualTo(400);
    assertThat(ask(QUERY.replace("take 2", "take two")).status()).isEqualTo(400);
    assertThat(ask(QUERY).status()).isEqualTo(200);
  }

  @Test
  void refusesAnotherTokenWorkspaceOrField() throws Exception {
    String body = Call.JSON.writeValueAsString(Map.of("query", QUERY));
    String good = sandbox.token(SimulatedLogAnalytics.AUDIENCE, SimulatedLogAnalytics.READ);
    assertThat(sandbox.send("POST", sandbox.token("https://graph.microsoft.com", "Data.Read"), PATH, body).status()).isEqualTo(401);
    assertThat(sandbox.send("POST", sandbox.token(SimulatedLogAnalytics.AUDIENCE), PATH, body).status()).isEqualTo(403);
    assertThat(sandbox.send("POST", good, PATH.replace("66666666-", "66666667-"), body).status()).isEqualTo(403);
    assertThat(sandbox.get(good, PATH).status()).isEqualTo(400);
    assertThat(sandbox.send("POST", good, PATH, body.replace("}", ",\"workspaces\":[\"x\"]}")).status()).isEqualTo(400);
  }

  @Test
  void countsQueries() throws Exception {
    for (int i = 0; i < 200; i++) {
      assertThat(ask(QUERY).status()).isEqualTo(200);
    }
    RunningSandbox.Got refused = ask(QUERY);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
  }

  @Test
  void goesWrongWhenTold() throws Exception {
    sandbox.control("POST", "/_sandbox/faults", "{\"service\":\"loganalytics\",\"mode\":\"status\",\"status\":503}");
    assertThat(ask(QUERY).status()).isEqualTo(503);
    assertThat(ask(QUERY).status()).isEqualTo(200);
    assertThat(sandbox.control("GET", "/_sandbox/requests?service=loganalytics", null).body().size()).isEqualTo(2);
  }

  private void place(String json) throws IOException {
    assertThat(sandbox.control("POST", "/_sandbox/alerts", json).status()).isEqualTo(201);
  }

  private RunningSandbox.Got ask(String query) throws IOException {
    String token = sandbox.token(SimulatedLogAnalytics.AUDIENCE, SimulatedLogAnalytics.READ);
    return sandbox.send("POST", token, PATH, Call.JSON.writeValueAsString(Map.of("query", query)));
  }
}
