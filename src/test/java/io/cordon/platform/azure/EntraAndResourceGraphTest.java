package io.cordon.platform.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.platform.http.HttpClients;
import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Azure libraries against a server whose authority is trusted only through cordon.http.trusted-ca. */
class EntraAndResourceGraphTest {
  private static final String SCOPE = "https://api.example/.default";
  private static final String PAGE =
      "{\"totalRecords\":1,\"count\":1,\"resultTruncated\":\"false\",\"data\":[{\"name\":\"pacs-gw-01\"}],\"facets\":[]}";

  @TempDir Path folder;
  private final MockWebServer server = new MockWebServer();
  private HttpClients clients;

  @BeforeEach
  void start() throws IOException {
    HeldCertificate held = new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    Path pem = Files.writeString(folder.resolve("ca.pem"), held.certificatePem());
    server.useHttps(new HandshakeCertificates.Builder().heldCertificate(held).build().sslSocketFactory());
    server.start();
    clients = TestHttp.clients(pem);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fetchesATokenOnceAndAgainWhenForgotten() throws Exception {
    token("one", 3600);
    token("two", 3600);
    AccessTokens tokens = tokens();

    assertThat(tokens.bearer(SCOPE)).isEqualTo("one");
    assertThat(tokens.bearer(SCOPE)).isEqualTo("one");
    assertThat(server.getRequestCount()).isEqualTo(1);
    tokens.forget(SCOPE);
    assertThat(tokens.bearer(SCOPE)).isEqualTo("two");

    var sent = server.takeRequest();
    assertThat(sent.getTarget()).isEqualTo("/hospital-tenant/oauth2/v2.0/token");
    assertThat(sent.getBody().utf8()).contains("client_credentials");
  }

  @Test
  void reportsARefusedSignInWithoutItsText() {
    server.enqueue(
        new MockResponse.Builder()
            .code(401)
            .addHeader("Content-Type", "application/json")
            .body("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215 hush\"}")
            .build());

    assertThatThrownBy(() -> tokens().bearer(SCOPE))
        .isInstanceOf(TokenUnavailable.class)
        .hasMessageNotContaining("hush")
        .hasNoCause();
  }

  @Test
  void reportsMissingSettingsAsNoToken() {
    EntraSettings none = new EntraSettings(null, null, null, null, null);
    AccessTokens tokens =
        new AccessTokensEntra(() -> EntraCredentials.of(none, new AzureHttp(clients)), Clock.systemUTC());

    assertThatThrownBy(() -> tokens.bearer(SCOPE)).isInstanceOf(TokenUnavailable.class);
  }

  @Test
  void asksResourceGraphOnceWithTheBearer() throws Exception {
    answer(200, PAGE);

    assertThat(graph().query(List.of("sub-1"), "resources | take 1", 10)).hasSize(1);

    var sent = server.takeRequest();
    assertThat(sent.getTarget()).startsWith("/providers/Microsoft.ResourceGraph/resources?api-version=");
    assertThat(sent.getHeaders().get("Authorization")).startsWith("Bearer token-for-https://management.azure.com");
    assertThat(sent.getBody().utf8()).contains("resources | take 1", "objectArray", "sub-1");
  }

  @Test
  void failsRatherThanReturnAnIncompleteAnswer() {
    answer(200, PAGE.replace("\"resultTruncated\":\"false\"", "\"resultTruncated\":\"true\""));
    answer(200, PAGE.replace("[{\"name\":\"pacs-gw-01\"}]", "\"text\""));
    answer(200, "[1");
    answer(403, "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"m\"}}");
    answer(429, "{\"error\":{\"code\":\"RateLimiting\",\"message\":\"m\"}}");
    answer(503, "");

    for (int i = 1; i <= 6; i++) {
      assertThatThrownBy(() -> graph().query(List.of("sub-1"), "resources", 10))
          .isInstanceOf(ResourceGraphException.class);
      assertThat(server.getRequestCount()).isEqualTo(i);
    }
  }

  private AccessTokens tokens() {
    EntraSettings settings =
        new EntraSettings("hospital-tenant", server.url("/").toString().replaceAll("/$", ""), "client", "secret", null);
    return new AccessTokensEntra(() -> EntraCredentials.of(settings, new AzureHttp(clients)), Clock.systemUTC());
  }

  private ResourceGraph graph() {
    ArmSettings settings = new ArmSettings(server.url("/").toString(), null, List.of());
    return new ResourceGraphHttp(settings, new FixedTokens(), new AzureHttp(clients));
  }

  private void token(String value, long seconds) {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "application/json")
            .body("{\"token_type\":\"Bearer\",\"expires_in\":" + seconds + ",\"access_token\":\"" + value + "\"}")
            .build());
  }

  private void answer(int status, String body) {
    server.enqueue(
        new MockResponse.Builder().code(status).addHeader("Content-Type", "application/json").body(body).build());
  }
}
