package io.cordon.platform.http;

import java.util.Map;

/**
 * One request to an outside service. {@code service} and {@code operation} are the only parts that may appear in logs
 * and exceptions; toString shows nothing else.
 *
 * @param bearer access token, or null
 * @param body object written as JSON, {@link FormFields}, or null
 */
public record RestCall(
    String service, String operation, String method, String url, String bearer, Map<String, String> headers, Object body) {
  public RestCall {
    headers = Map.copyOf(headers);
  }

  public static RestCall get(String service, String operation, String url) {
    return new RestCall(service, operation, "GET", url, null, Map.of(), null);
  }

  public static RestCall post(String service, String operation, String url, Object body) {
    return new RestCall(service, operation, "POST", url, null, Map.of(), body);
  }

  public static RestCall put(String service, String operation, String url, Object body) {
    return new RestCall(service, operation, "PUT", url, null, Map.of(), body);
  }

  public RestCall withBearer(String token) {
    return new RestCall(service, operation, method, url, token, headers, body);
  }

  @Override
  public String toString() {
    return "RestCall[" + service + " " + operation + "]";
  }
}
