package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What scripts do over HTTP: raise an alert, decide, read; each as the person or application they say they are. */
final class Scripts {
  private final SandboxCloud sandbox;
  private final Supplier<String> cordon;
  private final HttpClient http = HttpClient.newHttpClient();

  Scripts(LocalCordon local) {
    this(local.sandbox, local::url);
  }

  Scripts(SandboxCloud sandbox, Supplier<String> cordon) {
    this.sandbox = sandbox;
    this.cordon = cordon;
  }

  /** Sends a new SecurityAlert about a device; returns Cordon's answer to it. */
  JsonNode alert(String device) throws IOException {
    return alert(device, Map.of("AlertName", "Suspicious shell child of a service"));
  }

  /** The same with more fields of the row, such as free text. */
  JsonNode alert(String device, Map<String, String> more) throws IOException {
    Devices.Device machine = sandbox.devices.named(device).orElseThrow();
    String entities = Call.JSON.writeValueAsString(
        new Object[] {Map.of("$id", "2", "HostName", machine.name, "MdatpDeviceId", machine.mdeId, "OSFamily", "Linux", "Type", "host")});
    Map<String, String> alert = new LinkedHashMap<>(more);
    alert.putIfAbsent("SystemAlertId", UUID.randomUUID().toString());
    alert.put("AlertSeverity", "High");
    alert.put("ProviderName", "MDATP");
    alert.put("Entities", more.containsKey("Entities") ? more.get("Entities").replace("MACHINE", machine.mdeId) : entities);
    alert.put("Type", "SecurityAlert");
    return send("POST", "/api/alerts", token(Map.of("client", "sentinel-forwarder")), alert).path("results").path(0);
  }

  /** Calls Cordon as a person; anything but 2xx is an IOException with the status and the problem's code. */
  JsonNode as(String person, String method, String path, Object body) throws IOException {
    return send(method, path, token(Map.of("person", person)), body);
  }

  /** Posts as a person whatever it is; the answer's headers and body, whatever its status. */
  String raw(String person, String path, Map<String, String> headers, String body) throws IOException {
    return raw(Map.of("person", person), path, headers, body, 0);
  }

  /** The same as an application or person; the answer must have this status unless it is 0. */
  String raw(Map<String, String> who, String path, Map<String, String> headers, String body, int status) throws IOException {
    HttpRequest.Builder request = request(cordon.get() + path, token(who));
    headers.forEach(request::setHeader);
    try {
      var response = http.send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
      if (status != 0 && response.statusCode() != status) {
        throw new IOException("POST answered " + response.statusCode() + " instead of " + status + " " + response.body());
      }
      return response.headers().map() + "\n" + response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  byte[] bytes(String person, String path) throws IOException {
    return exchange(request(cordon.get() + path, token(Map.of("person", person))).GET().build());
  }

  /** What a POST without a body gives. */
  byte[] exported(String person, String path) throws IOException {
    return exchange(request(cordon.get() + path, token(Map.of("person", person))).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  String token(Map<String, String> who) throws IOException {
    var request = HttpRequest.newBuilder(URI.create(sandbox.controlUrl() + "/_sandbox/token"))
        .POST(HttpRequest.BodyPublishers.ofByteArray(Call.JSON.writeValueAsBytes(who))).build();
    return Call.JSON.readTree(exchange(request)).path("access_token").asText();
  }

  private JsonNode send(String method, String path, String token, Object body) throws IOException {
    var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(Call.JSON.writeValueAsBytes(body));
    byte[] answer = exchange(request(cordon.get() + path, token).method(method, publisher).build());
    return answer.length == 0 ? Call.JSON.createObjectNode() : Call.JSON.readTree(answer);
  }

  private static HttpRequest.Builder request(String url, String token) {
    return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token).header("Content-Type", "application/json");
  }

  private static boolean isSignInAway(HttpResponse<byte[]> response) {
    return response.statusCode() == 503 && new String(response.body(), java.nio.charset.StandardCharsets.UTF_8).contains("SIGN_IN_AWAY");
  }

  private byte[] exchange(HttpRequest request) throws IOException {
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      for (int again = 0; again < 20 && isSignInAway(response); again++) {
        TimeUnit.MILLISECONDS.sleep(500); // as it is told to; a node that has just started may not have the keys yet
        response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      }
      if (response.statusCode() / 100 != 2) {
        throw new IOException(request.method() + " " + request.uri().getPath() + " answered " + response.statusCode() + " "
            + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
