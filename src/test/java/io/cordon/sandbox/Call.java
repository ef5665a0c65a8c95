package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One request as a service sees it: the decoded path, the decoded query, the headers it may look at, the body. */
record Call(String method, String path, String query, Map<String, String> headers, byte[] body) {
  static final ObjectMapper JSON = new ObjectMapper();

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
    return pairs(query == null ? "" : query);
  }

  /** The bearer token, or an empty text. */
  String bearer() {
    String header = headers.getOrDefault("authorization", "");
    return header.startsWith("Bearer ") ? header.substring(7) : "";
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return pairs;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
