package io.cordon.channels.sentinel;

import static io.cordon.channels.PublishedDescriptions.objectionsToIncident;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.channels.PublishedDescriptions;
import io.cordon.platform.azure.ArmSettings;
import io.cordon.platform.azure.FixedTokens;
import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncidentsHttpTest {
  private static final UUID INCIDENT = UUID.fromString("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
  private static final UUID COMMENT = UUID.fromString("bbbbbbbb-bbbb-5bbb-8bbb-bbbbbbbbbbbb");
  private static final String WORKSPACE =
      "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/soc";
  private static final String NEW =
      "{\"id\":\"x\",\"name\":\"y\",\"etag\":\"\\\"1\\\"\",\"properties\":{\"title\":\"t\",\"severity\":\"High\",\"status\":\"New\",\"incidentNumber\":7,"
          + "\"owner\":{\"assignedTo\":\"a\"},\"labels\":[{\"labelName\":\"l\",\"labelType\":\"User\"}],\"additionalData\":{\"alertsCount\":1}}}";

  private final MockWebServer server = new MockWebServer();
  private Incidents incidents;

  @BeforeEach
  void start() throws IOException {
    server.start();
    incidents =
        new IncidentsHttp(
            new SentinelSettings(WORKSPACE, true), new ArmSettings(server.url("/").toString(), null, null), TestHttp.json(), new FixedTokens());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void writesACommentUnderAnIdOfItsOwn() throws Exception {
    answer(201, "{}");

    incidents.comment(INCIDENT, COMMENT, "approved".repeat(10_000));

    var sent = server.takeRequest();
    assertThat(sent.getMethod()).isEqualTo("PUT");
    assertThat(sent.getTarget())
        .isEqualTo(WORKSPACE + "/providers/Microsoft.SecurityInsights/incidents/" + INCIDENT + "/comments/" + COMMENT + "?api-version=2025-09-01");
    JsonNode body = new ObjectMapper().readTree(sent.getBody().utf8());
    assertThat(body.at("/properties/message").asText()).hasSize(30_000);
    if (PublishedDescriptions.areThere()) {
      assertThat(objectionsToIncident("IncidentComment", body)).isEmpty();
    }
  }

  @Test
  void makesANewIncidentActiveAndKeepsEverythingElse() throws Exception {
    answer(200, NEW);
    answer(200, "{}");

    incidents.activate(INCIDENT);

    server.takeRequest();
    JsonNode body = new ObjectMapper().readTree(server.takeRequest().getBody().utf8());
    assertThat(body)
        .isEqualTo(new ObjectMapper().readTree(
            "{\"etag\":\"\\\"1\\\"\",\"properties\":{\"title\":\"t\",\"severity\":\"High\",\"status\":\"Active\",\"owner\":{\"assignedTo\":\"a\"},\"labels\":[{\"labelName\":\"l\",\"labelType\":\"User\"}]}}"));
    if (PublishedDescriptions.areThere()) {
      assertThat(objectionsToIncident("Incident", body)).isEmpty();
    }
  }

  @Test
  void leavesAnIncidentThatSomebodyWorksOn() {
    answer(200, NEW.replace("New", "Closed"));

    incidents.activate(INCIDENT);

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void sortsFailures() {
    answer(404, "{}");
    assertThatThrownBy(() -> incidents.comment(INCIDENT, COMMENT, "x")).isInstanceOf(SentinelRejected.class);
    for (int status : new int[] {401, 409, 412, 500, 503}) {
      answer(status, "{}");
      assertThatThrownBy(() -> incidents.comment(INCIDENT, COMMENT, "x")).isInstanceOf(SentinelUnavailable.class);
    }
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "17").build());
    assertThat(catchThrowableOfType(SentinelUnavailable.class, () -> incidents.comment(INCIDENT, COMMENT, "x")).retryAfter()).isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void namesADecisionTheSameEverywhere() {
    assertThat(IncidentComments.id("a")).isEqualTo(IncidentComments.id("a")).isNotEqualTo(IncidentComments.id("b"));
    assertThat(IncidentComments.id("a").version()).isEqualTo(5);
    assertThat(IncidentComments.id("a").variant()).isEqualTo(2);
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }
}
