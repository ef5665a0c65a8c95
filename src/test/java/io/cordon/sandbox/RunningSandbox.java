package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A sandbox of its own for every test, and a client that trusts it. Machine actions last 30 seconds. */
final class RunningSandbox implements BeforeEachCallback, AfterEachCallback {
  SandboxCloud cloud;
  private OkHttpClient client;

  /** What came back: status, headers by name, body as JSON (missing when it is none). */
  record Got(int status, Map<String, List<String>> headers, JsonNode body) {
    String code() {
      return body.at("/error/code").asText();
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of("")).get(0);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException, GeneralSecurityException {
    Path authority = Files.createTempFile("sandbox", ".pem");
    cloud = new SandboxCloud(0, 0, authority, Duration.ofSeconds(30));
    try (var pem = Files.newInputStream(authority)) {
      var certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
      var trust = new HandshakeCertificates.Builder().addTrustedCertificate(certificate).build();
      client = new OkHttpClient.Builder().sslSocketFactory(trust.sslSocketFactory(), trust.trustManager()).build();
    } finally {
      Files.delete(authority);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    cloud.close();
  }

  /** A token of an application with these roles. */
  String token(String audience, String... roles) {
    return cloud.tokens.sign(Map.of("aud", audience, "tid", People.TENANT, "appid", People.CORDON, "roles", List.of(roles)));
  }

  Devices.Device device(String name) {
    return cloud.devices.named(name).orElseThrow();
  }

  void pass(Duration time) {
    cloud.clock.advance(time);
  }

  Got get(String token, String path) throws IOException {
    return call(new Request.Builder().url(cloud.cloudUrl() + path).header("Authorization", "Bearer " + token).build());
  }

  Got send(String method, String token, String path, String body) throws IOException {
    return call(new Request.Builder().url(cloud.cloudUrl() + path).header("Authorization", "Bearer " + token).method(method, json(body)).build());
  }

  Got form(String path, Map<String, String> fields) throws IOException {
    FormBody.Builder form = new FormBody.Builder();
    fields.forEach(form::add);
    return call(new Request.Builder().url(cloud.cloudUrl() + path).post(form.build()).build());
  }

  Got control(String method, String path, String body) throws IOException {
    return call(new Request.Builder().url(cloud.controlUrl() + path).method(method, body == null ? null : json(body)).build());
  }

  private static RequestBody json(String body) {
    return RequestBody.create(body, MediaType.get("application/json"));
  }

  Got call(Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      byte[] bytes = response.body().bytes();
      return new Got(response.code(), response.headers().toMultimap(), new Call("", "", "", Map.of(), bytes).json());
    }
  }
}
