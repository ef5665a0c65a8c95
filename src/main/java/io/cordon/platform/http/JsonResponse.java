package io.cordon.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * What came back: the status, the parsed body and how long the service asked us to wait.
 *
 * @param body a missing node when there was none, or it was too large, cut off or not JSON
 */
public record JsonResponse(int status, JsonNode body, Optional<Duration> retryAfter) {

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  @Override
  public String toString() {
    return "JsonResponse[" + status + "]";
  }
}
