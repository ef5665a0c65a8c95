package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedGraphTest {
  private static final String PATH = "/v1.0/security/alerts_v2";
  private static final String FILTER = "?$filter=lastUpdateDateTime%20ge%202020-01-01T00:00:00Z";

  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void listsWhatWasPlacedNewestFirstInPages() throws Exception {
    for (int i = 0; i < 3; i++) {
      place("{\"service\":\"graph\",\"alert\":{\"id\":\"a-" + i + "\"}}");
    }
    RunningSandbox.Got first = list(FILTER + "&$top=2");
    assertThat(first.body().at("/value").findValuesAsText("id")).containsExactly("a-2", "a-1");
    String next = first.body().path("@odata.nextLink").asText();
    assertThat(next).startsWith(sandbox.cloud.cloudUrl() + PATH + "?");
    RunningSandbox.Got second = sandbox.get(token(), next.substring(sandbox.cloud.cloudUrl().length()));
    assertThat(second.body().at("/value").findValuesAsText("id")).containsExactly("a-0");
    assertThat(second.body().has("@odata.nextLink")).isFalse();
  }

  @Test
  void keepsOneVersionOfAnAlert() throws Exception {
    place("{\"service\":\"graph\",\"alert\":{\"id\":\"a\",\"status\":\"new\"}}");
    place("{\"service\":\"graph\",\"alert\":{\"id\":\"a\",\"status\":\"resolved\"}}");
    assertThat(list(FILTER).body().at("/value").findValuesAsText("status")).containsExactly("resolved");
    assertThat(list("?$filter=lastUpdateDateTime%20ge%202100-01-01T00:00:00Z").body().at("/value").isEmpty()).isTrue();
  }

  @Test
  void hidesLaterMembersFromWhoDoesNotAskForThem() throws Exception {
    place("{\"service\":\"graph\",\"alert\":{\"id\":\"a\",\"serviceSource\":\"microsoftDefenderForCloud\"}}");
    assertThat(list(FILTER).body().at("/value/0/serviceSource").asText()).isEqualTo("unknownFutureValue");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "?$filter=lastUpdateDateTime%20ge%20'2020-01-01T00:00:00Z'",
    "?$filter=title%20eq%20'x'", FILTER + "&$orderby=id", FILTER + "&$top=0", FILTER + "&$top=1001"})
  void refusesAQueryItDoesNotUnderstand(String query) throws Exception {
    assertThat(list(query).status()).isEqualTo(400);
  }

  @Test
  void refusesATokenForSomethingElseOrWithoutTheRole() throws Exception {
    String other = sandbox.token("https://api.loganalytics.io", SimulatedGraph.READ_ALERTS);
    assertThat(sandbox.get(other, PATH + FILTER).code()).isEqualTo("InvalidAuthenticationToken");
    assertThat(sandbox.get(sandbox.token(SimulatedGraph.AUDIENCE, "GroupMember.Read.All"), PATH + FILTER).status()).isEqualTo(403);
    assertThat(sandbox.get(token(), "/v1.0/users").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{}", "{\"service\":\"graph\"}",
    "{\"service\":\"mde\",\"device\":\"pacs-gw-01\"}", "{\"service\":\"graph\",\"device\":\"bogus\"}", "{\"service\":\"graph\",\"alert\":[]}"})
  void placesNothingItDoesNotUnderstand(String body) throws Exception {
    assertThat(sandbox.control("POST", "/_sandbox/alerts", body).status()).isEqualTo(400);
  }

  private void place(String json) throws IOException {
    assertThat(sandbox.control("POST", "/_sandbox/alerts", json).status()).isEqualTo(201);
  }

  private RunningSandbox.Got list(String query) throws IOException {
    return sandbox.get(token(), PATH + query);
  }

  private String token() {
    return sandbox.token(SimulatedGraph.AUDIENCE, SimulatedGraph.READ_ALERTS);
  }
}
