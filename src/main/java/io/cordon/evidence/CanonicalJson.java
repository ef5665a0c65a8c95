package io.cordon.evidence;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes RFC 8785 canonical JSON for the few shapes evidence uses: objects with ASCII keys, arrays, strings, integers
 * within 2^53-1 and booleans, at most 8 levels deep. Everything else is an IllegalArgumentException.
 */
public final class CanonicalJson {
  private static final long MAX_INTEGER = (1L << 53) - 1;
  private static final int MAX_DEPTH = 8;

  private CanonicalJson() {}

  public static byte[] write(Map<?, ?> object) {
    StringBuilder out = new StringBuilder(256);
    writeObject(out, object, 1);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void writeValue(StringBuilder out, Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
    }
    if (value instanceof Map<?, ?> object) {
      writeObject(out, object, depth);
    } else if (value instanceof List<?> array) {
      writeArray(out, array, depth);
    } else if (value instanceof String text) {
      writeString(out, text);
    } else if (value instanceof Long || value instanceof Integer) {
      writeInteger(out, ((Number) value).longValue());
    } else if (value instanceof Boolean) {
      out.append(value);
    } else {
      throw new IllegalArgumentException("only strings, integers and booleans are allowed");
    }
  }

  private static void writeObject(StringBuilder out, Map<?, ?> object, int depth) {
    TreeMap<String, Object> sorted = new TreeMap<>();
    object.forEach((key, value) -> sorted.put(asciiKey(key), value));
    String separator = "{";
    for (Map.Entry<String, Object> member : sorted.entrySet()) {
      out.append(separator);
      writeString(out, member.getKey());
      out.append(':');
      writeValue(out, member.getValue(), depth + 1);
      separator = ",";
    }
    out.append(sorted.isEmpty() ? "{}" : "}");
  }

  private static void writeArray(StringBuilder out, List<?> array, int depth) {
    String separator = "[";
    for (Object element : array) {
      out.append(separator);
      writeValue(out, element, depth + 1);
      separator = ",";
    }
    out.append(array.isEmpty() ? "[]" : "]");
  }

  private static void writeInteger(StringBuilder out, long value) {
    if (value > MAX_INTEGER || value < -MAX_INTEGER) {
      throw new IllegalArgumentException("integer beyond 2^53-1");
    }
    out.append(value);
  }

  // Only ASCII keys: there the order of UTF-16 code units and of every other encoding is the same.
  private static String asciiKey(Object key) {
    if (!(key instanceof String text) || text.isEmpty() || text.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
      throw new IllegalArgumentException("keys are printable ASCII");
    }
    return text;
  }

  private static void writeString(StringBuilder out, String text) {
    requireWellFormed(text);
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      writeCharacter(out, text.charAt(i));
    }
    out.append('"');
  }

  private static void writeCharacter(StringBuilder out, char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\f' -> out.append("\\f");
      case '\r' -> out.append("\\r");
      default -> {
        if (c < 0x20) {
          out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        } else {
          out.append(c);
        }
      }
    }
  }

  private static void requireWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException("text with half a surrogate pair");
      }
    }
  }
}
