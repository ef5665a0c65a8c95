package io.cordon.platform.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Log Analytics over HTTP, one request a question. */
final class LogAnalyticsHttp implements LogAnalytics {
  /** Largest answer that is read; the questions bound their rows, and a row holds at most some hundred KB. */
  static final long LARGEST_ANSWER = 16L << 20;
  /** The service gives up before we do, so that a slow query is its 504 and not our time-out. */
  private static final Map<String, String> PATIENCE = Map.of("Prefer", "wait=10");

  private final LogAnalyticsSettings settings;
  private final AccessTokens tokens;
  private final JsonHttp http;

  LogAnalyticsHttp(LogAnalyticsSettings settings, AccessTokens tokens, JsonHttp http) {
    this.settings = settings;
    this.tokens = tokens;
    this.http = http;
  }

  @Override
  public List<ObjectNode> query(String workspaceId, String kql) {
    JsonResponse response = ask(settings.baseUrl() + "/v1/workspaces/" + workspaceId + "/query", Map.of("query", kql));
    if (response.status() == 401) {
      tokens.forget(settings.scope());
    }
    if (!response.isSuccess()) {
      throw AlertReadException.status(response.status(), response.retryAfter());
    }
    if (response.body().has("error")) {
      throw AlertReadException.incomplete("PARTIAL_RESULT");
    }
    return rows(response.body());
  }

  private JsonResponse ask(String url, Map<String, String> body) {
    try {
      return http.exchange(new RestCall("loganalytics", "query", "POST", url, tokens.bearer(settings.scope()), PATIENCE, body));
    } catch (TokenUnavailable e) {
      throw AlertReadException.incomplete("NO_TOKEN");
    } catch (NotSent e) {
      throw AlertReadException.incomplete("NOT_REACHED");
    } catch (AmbiguousSend e) {
      throw AlertReadException.incomplete("NO_ANSWER");
    }
  }

  private static List<ObjectNode> rows(JsonNode body) {
    JsonNode table = body.path("tables").path(0);
    JsonNode columns = table.path("columns");
    if (!columns.isArray() || !table.path("rows").isArray()) {
      throw AlertReadException.incomplete("UNREADABLE");
    }
    List<ObjectNode> rows = new ArrayList<>();
    for (JsonNode values : table.path("rows")) {
      if (values.size() != columns.size()) {
        throw AlertReadException.incomplete("UNREADABLE");
      }
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      for (int column = 0; column < columns.size(); column++) {
        row.set(columns.path(column).path("name").asText(), values.path(column));
      }
      rows.add(row);
    }
    return rows;
  }
}
