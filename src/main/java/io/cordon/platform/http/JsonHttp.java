package io.cordon.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cordon.platform.phi.OutgoingNet;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends one request, as JSON or as a form, and takes JSON for an answer; once. Fails with {@link NotSent} or {@link AmbiguousSend}; any answer with a status line is a
 * {@link JsonResponse}, even when its body cannot be read. Bodies are capped (1 MiB unless told) and never logged. Every
 * body sent goes through the net for patient data first.
 */
public final class JsonHttp {
  private static final long BODY_LIMIT = 1 << 20;
  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient client;
  private final OutgoingNet net;
  private final long bodyLimit;
  private final ObjectMapper json =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  public JsonHttp(HttpClients clients, OutgoingNet net) {
    this(clients, net, BODY_LIMIT);
  }

  /** @param bodyLimit bytes of the largest answer that is read */
  public JsonHttp(HttpClients clients, OutgoingNet net, long bodyLimit) {
    this.client = clients.client();
    this.net = net;
    this.bodyLimit = bodyLimit;
  }

  /**
   * Sends the request.
   *
   * @throws io.cordon.platform.phi.PatientDataFound when the body must not leave; then nothing was sent
   */
  public JsonResponse exchange(RestCall call) {
    SendMark mark = new SendMark();
    Request request = request(call, mark);
    try (Response response = client.newCall(request).execute()) {
      return new JsonResponse(response.code(), parsed(response), retryAfter(response.header("Retry-After")));
    } catch (IOException e) {
      throw mark.started()
          ? new AmbiguousSend(call.service(), call.operation(), e)
          : new NotSent(call.service(), call.operation(), e);
    }
  }

  private Request request(RestCall call, SendMark mark) {
    Request.Builder builder = new Request.Builder().url(call.url()).tag(SendMark.class, mark).header("Accept", "application/json");
    call.headers().forEach(builder::header);
    if (call.bearer() != null) {
      builder.header("Authorization", "Bearer " + call.bearer());
    }
    return builder.method(call.method(), body(call)).build();
  }

  private RequestBody body(RestCall call) {
    if (call.body() == null) {
      return null;
    }
    if (call.body() instanceof FormFields form) {
      net.pass(call.service(), call.operation(), json.valueToTree(form.fields()));
      FormBody.Builder body = new FormBody.Builder();
      form.fields().forEach(field -> body.add(field.getKey(), field.getValue()));
      return body.build();
    }
    try {
      JsonNode body = json.valueToTree(call.body());
      net.pass(call.service(), call.operation(), body);
      return RequestBody.create(json.writeValueAsBytes(body), JSON);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(call + " has a body that is not JSON");
    }
  }

  private JsonNode parsed(Response response) {
    try {
      return json.readTree(HttpClients.body(response, bodyLimit));
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static Optional<Duration> retryAfter(String header) {
    if (header == null || !header.matches("[0-9]{1,6}")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
  }
}
