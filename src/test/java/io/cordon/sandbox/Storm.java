package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Many alerts at once over real HTTP, as a forwarder sends them that lost patience. */
final class Storm {
  private static final int SENDERS = 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final SandboxCloud sandbox;
  private final URI intake;
  private final String token;

  Storm(SandboxCloud sandbox, Scripts scripts, String url) throws IOException {
    this.sandbox = sandbox;
    this.intake = URI.create(url + "/api/alerts");
    this.token = scripts.token(Map.of("client", Applications.FORWARDER));
  }

  /** An alert as Defender for Endpoint raises it; of a low severity, so that nothing is launched by itself. */
  Map<String, String> fromDefender(String device) {
    return Map.of("SystemAlertId", UUID.randomUUID().toString(), "AlertSeverity", "Low", "ProviderName", "MDATP", "Entities",
        "[{\"$id\":\"2\",\"MdatpDeviceId\":\"" + sandbox.devices.named(device).orElseThrow().mdeId + "\",\"Type\":\"host\"}]");
  }

  /** The copy of it that comes through Defender for Cloud, with ids of its own and the Arc machine instead of the device. */
  Map<String, String> fromDefenderForCloud(String device) {
    return Map.of("SystemAlertId", UUID.randomUUID().toString(), "AlertSeverity", "Low", "ProviderName", "Azure Security Center",
        "ResourceId", sandbox.devices.named(device).orElseThrow().arcId.toUpperCase(), "Entities", "");
  }

  /** Sends all of them from so many threads; what became of each, null where no acknowledgement came back. */
  List<JsonNode> send(List<Map<String, String>> alerts) {
    AtomicReferenceArray<JsonNode> results = new AtomicReferenceArray<>(alerts.size());
    everyOne(alerts.size(), index -> results.set(index, post(alerts.get(index))));
    return IntStream.range(0, alerts.size()).mapToObj(results::get).toList();
  }

  private static void everyOne(int count, IntConsumer deed) {
    var open = new ConcurrentLinkedQueue<>(IntStream.range(0, count).boxed().toList());
    var pool = Executors.newFixedThreadPool(SENDERS);
    var senders = IntStream.range(0, SENDERS).mapToObj(sender -> pool.submit(() -> {
      for (Integer next = open.poll(); next != null; next = open.poll()) {
        deed.accept(next);
      }
    })).toList();
    try {
      for (var sender : senders) {
        sender.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("a sender failed", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private JsonNode post(Map<String, String> alert) {
    try {
      var request = HttpRequest.newBuilder(intake).header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofByteArray(Call.JSON.writeValueAsBytes(alert))).build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return answer.statusCode() == 202 ? Call.JSON.readTree(answer.body()).path("results").path(0) : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
