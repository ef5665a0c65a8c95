package io.cordon.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends v3 webhooks, signed over exactly the bytes that are sent. Contract Teams/PagerDuty 9 and 11.8. */
final class PagerDutyWebhookSender {
  static final String SECRET = "sandbox-webhook-secret";
  static final String NEXT_SECRET = "sandbox-webhook-secret-next";

  private final Clock clock;
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile String endpoint;

  PagerDutyWebhookSender(Clock clock) {
    this.clock = clock;
  }

  void register(String url) {
    endpoint = url;
  }

  /** An event about the incident of an alert; without a user it was an automation. */
  ObjectNode event(String type, String dedupKey, String user) {
    ObjectNode envelope = Call.JSON.createObjectNode();
    ObjectNode event = envelope.putObject("event").put("id", UUID.randomUUID().toString()).put("event_type", type).put("resource_type", "incident");
    event.put("occurred_at", clock.instant().toString());
    if (user == null) {
      event.putNull("agent");
    } else {
      event.putObject("agent").put("id", user).put("type", "user_reference").put("summary", "Müller, on call").put("self", "https://api.pagerduty.com/users/" + user);
    }
    event.putObject("client").put("name", "PagerDuty");
    ObjectNode data = event.putObject("data").put("id", "PGR0VU2").put("type", "incident").put("number", 2).put("status", type.replace("incident.", ""));
    data.put("incident_key", dedupKey).put("title", "Maintenance window needed").put("urgency", "high");
    data.putObject("service").put("id", "PF9KMXH").put("type", "service_reference").put("summary", "Clinical Ops");
    return envelope;
  }

  /** Sends it as a new delivery, signed with both secrets as during a change of them; the status of the answer. */
  int send(ObjectNode envelope) throws IOException {
    byte[] body = envelope.toString().getBytes(StandardCharsets.UTF_8);
    return send(body, UUID.randomUUID().toString(), "v1=" + signature(NEXT_SECRET, body) + ", v1=" + signature(SECRET, body));
  }

  /** Sends these bytes under this delivery id with this header, or none for null. */
  int send(byte[] body, String webhookId, String signature) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint)).timeout(Duration.ofSeconds(5)).header("Content-Type", "application/json")
            .header("User-Agent", "PagerDuty-Webhook/V3.0").header("X-Webhook-Subscription", "PSUB123");
    if (webhookId != null) {
      request.header("X-Webhook-Id", webhookId);
    }
    if (signature != null) {
      request.header("X-PagerDuty-Signature", signature);
    }
    try {
      return http.send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  static String signature(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
