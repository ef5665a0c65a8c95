package io.cordon.channels.teams;

import static io.cordon.channels.PublishedDescriptions.objectionsToCard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.channels.PublishedDescriptions;
import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowWebhookTest {
  @TempDir Path folder;
  private final MockWebServer server = new MockWebServer();
  private WorkflowWebhook webhook;

  @BeforeEach
  void start() throws IOException {
    HeldCertificate held = new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    Path pem = Files.writeString(folder.resolve("ca.pem"), held.certificatePem());
    server.useHttps(new HandshakeCertificates.Builder().heldCertificate(held).build().sslSocketFactory());
    server.start();
    webhook = new WorkflowWebhook(settings(server.url("/powerautomate/x?sig=secret").toString(), server.getHostName()), TestHttp.json(pem));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void postsTheCardAsTheFlowExpectsItAndNeverChangesIt() throws Exception {
    answer(202);
    answer(202);

    PostedCard card = webhook.newThread("19:pacs@thread.tacv2", ApprovalCardTest.card());
    webhook.replace(card.conversationId(), card.activityId(), ApprovalCardTest.card());
    webhook.say("workflow", "PagerDuty cannot be reached.");

    var sent = server.takeRequest();
    JsonNode body = new ObjectMapper().readTree(sent.getBody().utf8());
    assertThat(sent.getTarget()).isEqualTo("/powerautomate/x?sig=secret");
    assertThat(body.at("/attachments/0/contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
    assertThat(body.at("/attachments/0").has("contentUrl")).isTrue();
    JsonNode text = new ObjectMapper().readTree(server.takeRequest().getBody().utf8());
    assertThat(text.at("/attachments/0/content/body/0/text").asText()).isEqualTo("PagerDuty cannot be reached.");
    if (PublishedDescriptions.areThere()) {
      assertThat(objectionsToCard(text.at("/attachments/0/content"))).isEmpty();
    }
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void sortsFailures() {
    answer(401);
    assertThatThrownBy(() -> webhook.say("workflow", "x")).isInstanceOf(ConnectorRejected.class);
    answer(429);
    assertThatThrownBy(() -> webhook.say("workflow", "x")).isInstanceOf(ConnectorThrottled.class);
    answer(503);
    assertThatThrownBy(() -> webhook.say("workflow", "x")).isInstanceOf(ConnectorUnavailable.class);
  }

  @Test
  void keepsItsAddressToPowerPlatformAndToItself() {
    for (String url : List.of("https://evil.example/x", "http://a.environment.api.powerplatform.com/x", "https://environment.api.powerplatform.com.evil.example/")) {
      assertThatThrownBy(() -> new WorkflowWebhook(settings(url, "smba.trafficmanager.net"), TestHttp.json())).isInstanceOf(IllegalStateException.class);
    }
    assertThat(settings("https://a.environment.api.powerplatform.com:443/x?sig=secret", "h").toString()).doesNotContain("secret");
  }

  private static TeamsSettings settings(String url, String host) {
    return new TeamsSettings(null, List.of(host), "tenant", "bot", Map.of(), null, TeamsSettings.Mode.WORKFLOW, null, null, url, null, null);
  }

  private void answer(int status) {
    server.enqueue(new MockResponse.Builder().code(status).build());
  }
}
