package io.cordon.platform.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hunting through Microsoft Graph (runHuntingQuery), one request a query. */
final class HuntingHttp implements Hunting {
  /** Largest answer that is read; the queries bound their rows. */
  static final long LARGEST_ANSWER = 8L << 20;

  private final GraphSettings settings;
  private final AccessTokens tokens;
  private final JsonHttp http;

  HuntingHttp(GraphSettings settings, AccessTokens tokens, JsonHttp http) {
    this.settings = settings;
    this.tokens = tokens;
    this.http = http;
  }

  @Override
  public List<ObjectNode> run(String kql, Instant from, Instant to) {
    JsonResponse response = ask(Map.of("Query", kql, "Timespan", from + "/" + to));
    if (response.status() == 401) {
      tokens.forget(settings.scope());
    }
    if (!response.isSuccess()) {
      throw new HuntFailed("STATUS_" + response.status(), response.retryAfter());
    }
    return rows(response.body());
  }

  private JsonResponse ask(Map<String, String> body) {
    try {
      String url = settings.baseUrl() + "/v1.0/security/runHuntingQuery";
      return http.exchange(RestCall.post("graph", "runHuntingQuery", url, body).withBearer(tokens.bearer(settings.scope())));
    } catch (TokenUnavailable e) {
      throw new HuntFailed("NO_TOKEN");
    } catch (NotSent e) {
      throw new HuntFailed("NOT_REACHED");
    } catch (AmbiguousSend e) {
      throw new HuntFailed("NO_ANSWER");
    }
  }

  private static List<ObjectNode> rows(JsonNode body) {
    // older examples write Results
    JsonNode results = body.has("results") ? body.path("results") : body.path("Results");
    List<ObjectNode> rows = new ArrayList<>();
    results.forEach(row -> {
      if (row instanceof ObjectNode object) {
        rows.add(object);
      }
    });
    if (!results.isArray() || rows.size() != results.size()) {
      throw new HuntFailed("UNREADABLE");
    }
    return rows;
  }
}
