package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request as a service sees it: the decoded path, the raw query, the headers it may look at, the body; and for how long
 * what it makes is not to be listed.
 */
record Call(String method, String path, String query, Map<String, String> headers, byte[] body, Duration hiddenFor) {
  static final ObjectMapper JSON = new ObjectMapper();

  Call(String method, String path, String query, Map<String, String> headers, byte[] body) {
    this(method, path, query, headers, body, Duration.ZERO);
  }

  /** The same call, whose effect is to stay out of lists for a while. */
  Call hiddenFor(Duration time) {
    return new Call(method, path, query, headers, body, time);
  }

  /** The body as JSON; missing when it is none. */
  JsonNode json() {
    try {
      JsonNode node = JSON.readTree(body);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** The body as a form. */
  Map<String, String> form() {
    return pairs(new String(body, StandardCharsets.UTF_8));
  }

  /** The query as pairs. */
  Map<String, String> parameters() {
    return pairs(query);
  }

  /** The bearer token, or an empty text. */
  String bearer() {
    String header = headers.getOrDefault("authorization", "");
    return header.startsWith("Bearer ") ? header.substring(7) : "";
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      String[] sides = pair.split("=", 2);
      if (!sides[0].isEmpty()) {
        pairs.put(decode(sides[0]), sides.length > 1 ? decode(sides[1]) : "");
      }
    }
    return pairs;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
