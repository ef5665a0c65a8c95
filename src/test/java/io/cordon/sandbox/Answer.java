package io.cordon.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What a service answers. */
record Answer(int status, Map<String, String> headers, byte[] body) {
  static Answer json(int status, Object body) {
    try {
      return new Answer(status, Map.of("Content-Type", "application/json; charset=utf-8"), Call.JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Answer html(String page) {
    return new Answer(200, Map.of("Content-Type", "text/html; charset=utf-8"), page.getBytes(StandardCharsets.UTF_8));
  }

  static Answer redirect(String to) {
    return new Answer(302, Map.of("Location", to), new byte[0]);
  }

  /** The same with one more header. */
  Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }

  static Answer unknown() {
    return json(400, Map.of("error", Map.of("code", "BadRequest", "message", "the sandbox does not know this call")));
  }
}
