package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.nio.file.Files;
import java.time.Duration;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCloudTest {
  @TempDir Path folder;
  private SandboxCloud sandbox;
  private OkHttpClient client;
  private String machine;

  @BeforeEach
  void start() throws Exception {
    sandbox = new SandboxCloud(0, 0, folder.resolve("ca.pem"), Duration.ofSeconds(30));
    X509Certificate ca;
    try (var pem = Files.newInputStream(folder.resolve("ca.pem"))) {
      ca = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
    var trust = new HandshakeCertificates.Builder().addTrustedCertificate(ca).build();
    client = new OkHttpClient.Builder().sslSocketFactory(trust.sslSocketFactory(), trust.trustManager()).build();
    machine = sandbox.devices.named("pacs-gw-01").orElseThrow().mdeId;
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void isolatesOverTime() throws Exception {
    String action = isolate("{\"Comment\":\"cordon:x\",\"IsolationType\":\"Full\"}", 201).path("id").asText();
    assertThat(status(action)).isEqualTo("Pending");
    sandbox.clock.advance(Duration.ofSeconds(12));
    assertThat(status(action)).isEqualTo("InProgress");
    sandbox.clock.advance(Duration.ofSeconds(20));
    assertThat(status(action)).isEqualTo("Succeeded");
  }

  @Test
  void keepsAnActionPendingWhileTheMachineIsOffline() throws Exception {
    sandbox.devices.named("pacs-gw-01").orElseThrow().online = false;
    String action = isolate("{\"Comment\":\"cordon:x\",\"IsolationType\":\"Full\"}", 201).path("id").asText();
    sandbox.clock.advance(Duration.ofMinutes(50));
    assertThat(status(action)).isEqualTo("Pending");
  }

  @Test
  void refusesWhatTheContractRefuses() throws Exception {
    isolate("{\"comment\":\"x\",\"IsolationType\":\"Full\"}", 400);
    isolate("{\"Comment\":\"x\",\"IsolationType\":\"Selective\"}", 400);
    isolate("{\"Comment\":\"x\",\"IsolationType\":\"Full\"}", 201);
    JsonNode second = isolate("{\"Comment\":\"x\",\"IsolationType\":\"Full\"}", 400);
    assertThat(second.at("/error/code").asText()).isEqualTo("ActiveRequestAlreadyExists");
  }

  @Test
  void journalsEveryRequest() throws Exception {
    isolate("{\"Comment\":\"cordon:x\",\"IsolationType\":\"Full\"}", 201);
    assertThat(sandbox.journal.of("mde")).singleElement().satisfies(entry -> assertThat(entry.status()).isEqualTo(201));
  }

  private JsonNode isolate(String body, int expected) throws Exception {
    var request = new Request.Builder().url(sandbox.cloudUrl() + "/api/machines/" + machine + "/isolate")
        .header("Authorization", "Bearer " + token()).post(RequestBody.create(body, MediaType.get("application/json"))).build();
    return call(request, expected);
  }

  private String status(String action) throws Exception {
    return call(new Request.Builder().url(sandbox.cloudUrl() + "/api/machineactions/" + action).header("Authorization", "Bearer " + token()).build(), 200)
        .path("status").asText();
  }

  private String token() throws Exception {
    var form = new FormBody.Builder().add("grant_type", "client_credentials").add("client_id", People.CORDON).add("client_secret", People.SECRET)
        .add("scope", "https://api.securitycenter.microsoft.com/.default").build();
    return call(new Request.Builder().url(sandbox.cloudUrl() + "/" + People.TENANT + "/oauth2/v2.0/token").post(form).build(), 200).path("access_token").asText();
  }

  private JsonNode call(Request request, int expected) throws Exception {
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(expected);
      return Call.JSON.readTree(response.body().bytes());
    }
  }
}
