package io.cordon.channels.teams;

import static io.cordon.channels.PublishedDescriptions.objectionsToConnector;
import static io.cordon.channels.PublishedDescriptions.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cordon.platform.azure.FixedTokens;
import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class ConnectorClientHttpTest {
  private static final String CHANNEL = "19:pacs@thread.tacv2";
  private static final JsonNode CARD = JsonNodeFactory.instance.objectNode().put("type", "AdaptiveCard");

  @TempDir Path folder;
  private final MockWebServer server = new MockWebServer();
  private ConnectorClient connector;

  @BeforeEach
  void start() throws IOException {
    HeldCertificate held = new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    Path pem = Files.writeString(folder.resolve("ca.pem"), held.certificatePem());
    server.useHttps(new HandshakeCertificates.Builder().heldCertificate(held).build().sslSocketFactory());
    server.start();
    TeamsSettings settings = settings(server.url("/teams/").toString(), server.getHostName());
    connector = new ConnectorClientHttp(settings, TestHttp.json(pem), new FixedTokens());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void startsAThreadWithTheCard() throws Exception {
    answer(201, "{\"id\":\"" + CHANNEL + ";messageid=17\",\"activityId\":\"17\"}");

    assertThat(connector.newThread(CHANNEL, CARD)).isEqualTo(new PostedCard(CHANNEL + ";messageid=17", "17"));

    var sent = server.takeRequest();
    assertThat(sent.getTarget()).isEqualTo("/teams/v3/conversations");
    assertThat(sent.getHeaders().get("Authorization")).endsWith("https://api.botframework.com/.default");
    assertThat(sent.getBody().utf8())
        .contains("\"isGroup\":true", "\"tenantId\":\"tenant\"", "\"channel\":{\"id\":\"" + CHANNEL + "\"}")
        .contains("application/vnd.microsoft.card.adaptive", "\"content\":{\"type\":\"AdaptiveCard\"}");
  }

  @Test
  void replacesACardUnderItsEncodedIds() throws Exception {
    answer(200, "{\"id\":\"17\"}");

    connector.replace(CHANNEL + ";messageid=17", "17", CARD);

    var sent = server.takeRequest();
    assertThat(sent.getMethod()).isEqualTo("PUT");
    assertThat(sent.getTarget())
        .isEqualTo("/teams/v3/conversations/19%3Apacs%40thread.tacv2%3Bmessageid%3D17/activities/17");
  }

  @Test
  void repliesInAThread() throws Exception {
    answer(201, "{\"id\":\"18\"}");

    assertThat(connector.reply(CHANNEL + ";messageid=17", CARD)).isEqualTo(new PostedCard(CHANNEL + ";messageid=17", "18"));

    var sent = server.takeRequest();
    assertThat(sent.getMethod()).isEqualTo("POST");
    assertThat(sent.getTarget()).isEqualTo("/teams/v3/conversations/19%3Apacs%40thread.tacv2%3Bmessageid%3D17/activities");
  }

  @Test
  @EnabledIf("io.cordon.channels.PublishedDescriptions#areThere")
  void sendsWhatThePublishedDescriptionAllows() throws Exception {
    answer(201, "{\"id\":\"" + CHANNEL + ";messageid=17\",\"activityId\":\"17\"}");
    answer(201, "{\"id\":\"18\"}");
    answer(200, "{\"id\":\"17\"}");
    answer(201, "{\"id\":\"19\"}");
    JsonNode card = ApprovalCardTest.card();
    connector.newThread(CHANNEL, card);
    connector.reply(CHANNEL + ";messageid=17", card);
    connector.replace(CHANNEL + ";messageid=17", "17", card);
    connector.say(CHANNEL + ";messageid=17", "Still waiting");

    assertThat(objectionsToConnector("ConversationParameters", sent())).isEmpty();
    for (int i = 0; i < 3; i++) {
      assertThat(objectionsToConnector("Activity", sent())).isEmpty();
    }
    assertThat(objectionsToConnector("Activity", JsonNodeFactory.instance.objectNode().put("attachments", "none"))).isNotEmpty();
  }

  private JsonNode sent() throws Exception {
    return new ObjectMapper().readTree(server.takeRequest().getBody().utf8());
  }

  @Test
  @EnabledIf("io.cordon.channels.PublishedDescriptions#areThere")
  void understandsEveryRecordedCall() {
    int understood = 0;
    for (JsonNode record : read("botframework/connector_calls.json")) {
      JsonNode answer = record.at("/body/Response");
      JsonNode body = answer.has("Body") ? answer.path("Body") : answer.path("body");
      answer(answer.path("StatusCode").asInt(), body.asText());
      String said = said(record.at("/body/Method").asText(), record.at("/body/Uri").asText());
      String expected = answer.path("StatusCode").asInt() == 200 ? "ok" : body.asText().replaceAll("(?s).*\"code\": \"(\\w+)\".*", "$1");
      boolean withoutActivity = said.equals("ambiguous") && !body.asText().contains("activityId");
      assertThat(withoutActivity ? "ok" : said).as(record.path("source").asText()).isEqualTo(expected);
      understood++;
    }
    assertThat(understood).isEqualTo(35);
  }

  private String said(String method, String uri) {
    try {
      if (method.equals("POST") && uri.endsWith("/v3/conversations")) {
        connector.newThread(CHANNEL, CARD);
      } else if (method.equals("POST")) {
        connector.reply(CHANNEL + ";messageid=17", CARD);
      } else {
        connector.replace(CHANNEL + ";messageid=17", "17", CARD);
      }
      return "ok";
    } catch (ConnectorRejected e) {
      return e.code();
    } catch (ConnectorAmbiguous e) {
      return "ambiguous";
    }
  }

  @Test
  void sortsFailures() {
    answer(403, "{\"error\":{\"code\":\"BotNotInConversationRoster\",\"message\":\"m\"}}");
    assertThat(catchThrowableOfType(ConnectorRejected.class, () -> connector.newThread(CHANNEL, CARD)).code())
        .isEqualTo("BotNotInConversationRoster");
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "3").build());
    assertThat(catchThrowableOfType(ConnectorThrottled.class, () -> connector.newThread(CHANNEL, CARD)).retryAfter())
        .isEqualTo(Duration.ofSeconds(3));
    answer(401, "");
    assertThatThrownBy(() -> connector.newThread(CHANNEL, CARD)).as("another token may do").isInstanceOf(ConnectorUnavailable.class);
    answer(502, "");
    assertThatThrownBy(() -> connector.newThread(CHANNEL, CARD)).isInstanceOf(ConnectorAmbiguous.class);
    answer(201, "{\"id\":5}");
    assertThatThrownBy(() -> connector.newThread(CHANNEL, CARD)).isInstanceOf(ConnectorAmbiguous.class);
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    assertThatThrownBy(() -> connector.newThread(CHANNEL, CARD)).isInstanceOf(ConnectorAmbiguous.class);
    answer(502, "");
    assertThatThrownBy(() -> connector.replace("c", "a", CARD)).isInstanceOf(ConnectorUnavailable.class);
    server.close();
    assertThatThrownBy(() -> connector.newThread(CHANNEL, CARD)).isInstanceOf(ConnectorUnavailable.class);
  }

  @Test
  void givesTheTokenToAllowedHostsOverHttpsOnly() {
    assertThatThrownBy(() -> client("https://evil.example/teams")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> client("http://smba.trafficmanager.net/teams")).isInstanceOf(IllegalStateException.class);
    assertThat(client("https://smba.trafficmanager.net/teams")).isNotNull();
    assertThatThrownBy(() -> client(null).newThread(CHANNEL, CARD)).isInstanceOf(ConnectorRejected.class);
  }

  private static ConnectorClient client(String serviceUrl) {
    return new ConnectorClientHttp(settings(serviceUrl, "smba.trafficmanager.net"), TestHttp.json(), new FixedTokens());
  }

  private static TeamsSettings settings(String serviceUrl, String host) {
    return new TeamsSettings(serviceUrl, List.of(host), "tenant", "bot", Map.of("PACS", CHANNEL), null, null, null, null, null, null, null);
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }
}
