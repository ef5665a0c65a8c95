package io.cordon.alerts;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils valid bodies, the same way for the same seed: bytes, structure, types, nesting, sizes, signs no database likes. */
final class Mutations {
  private static final List<String> VALUES =
      List.of(
          "null", "true", "0", "-1", "1e400", "-1e-400", "99999999999999999999999", "0.1", "\"\"", "{}", "[]", "[[[[]]]]", "[null]",
          "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udfff\\ud800\"", "\"\\u202e\\u2066abc\"", "\"6092461b-0000-4bae-87c8-dd1e29b8f83a\"",
          "{\"$ref\":\"2\"}", "{\"$id\":\"2\",\"Type\":\"host\"}", "{\"SystemAlertId\":\"x\"}", "{\"value\":[{}]}", "{\"tables\":[{\"rows\":[{}]}]}",
          "\"[{\\\"$id\\\":\\\"2\\\",\\\"Host\\\":{\\\"$ref\\\":\\\"2\\\"},\\\"Type\\\":\\\"process\\\"}]\"", "\"[{\"", "\"'; drop table alert; --\"",
          "\"\\u0661\\u0662\\u0663\\u0664\\u0665\\u0666\\u0667\\u0668_1\"", "\"0x\"", "\"0xFFFFFFFFFFFF\"", "\"\\uD83D\\uDE00\"");
  private static final List<String> ESCAPED = VALUES.stream().map(value -> value.replace("\\", "\\\\").replace("\"", "\\\"")).toList();
  private static final List<String> SIGNS =
      List.of("\u0000", "\\u0000", "\\ud800", "\u202e", "\"", "\\", "{", "}", "[", "]", ",", ":", "\n", "\ufeff", "e999", "\"SystemAlertId\":1,", "\\u");

  private final Random random;

  Mutations(long seed) {
    random = new Random(seed);
  }

  /** A valid body, changed in one to three places; most are still JSON. */
  byte[] next() {
    String body = pick(Bodies.ALL);
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      body = change(body);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return random.nextInt(10) == 0 ? spoil(bytes) : bytes;
  }

  private String change(String body) {
    return switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> withAnotherValue(body, "\"", VALUES);
      case 4, 5, 6 -> withAnotherValue(body, "\\\"", ESCAPED);
      case 7, 8, 9, 10 -> withOtherIds(body);
      case 11 -> withDuplicateKey(body);
      case 12 -> insert(body, pick(SIGNS));
      case 13 -> cut(body);
      case 14 -> insert(body, part(body));
      default -> random.nextInt(10) == 0 ? withMuch(body) : withOtherLetters(body);
    };
  }

  /** Puts another value after a key: of the alert, or with an escaped quote of the entities that are text in it. */
  private String withAnotherValue(String body, String quote, List<String> values) {
    int colon = key(body, quote, random.nextInt(body.length() + 1));
    if (colon < 0) {
      return body;
    }
    int from = colon + 1;
    int to = body.startsWith(quote, from) ? closing(body, quote, from + quote.length()) : bareEnd(body, from);
    return to < 0 ? body : body.substring(0, from) + pick(values) + body.substring(to);
  }

  private static int bareEnd(String body, int from) {
    int at = from;
    while (at < body.length() && ",}]".indexOf(body.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static int key(String body, String quote, int from) {
    int at = body.indexOf(quote + ":", from);
    while (at > 0 && quote.length() == 1 && body.charAt(at - 1) == '\\') {
      at = body.indexOf(quote + ":", at + 1);
    }
    return at < 0 ? -1 : at + quote.length();
  }

  private static int closing(String body, String quote, int from) {
    int at = body.indexOf(quote, from);
    while (at > 0 && quote.length() == 1 && body.charAt(at - 1) == '\\') {
      at = body.indexOf(quote, at + 1);
    }
    return at < 0 ? -1 : at + quote.length();
  }

  /** Another alert, or another machine. */
  private String withOtherIds(String body) {
    String some = Integer.toHexString(0x1000 + random.nextInt(0xe000));
    return switch (random.nextInt(4)) {
      case 0 -> body.replace("4f22", some);
      case 1 -> body.replace("machines/pacs", "machines/pacs-" + some);
      default -> body.replace("-4bae-", "-" + some + "-").replace("_-961", "_-" + random.nextInt(900) + 100);
    };
  }

  private String withDuplicateKey(String body) {
    int comma = body.indexOf(",\"", random.nextInt(body.length() + 1));
    return comma < 0 ? body : body.substring(0, comma) + ",\"" + pick(List.of("SystemAlertId", "Entities", "id", "evidence", "")) + "\":" + pick(VALUES) + body.substring(comma);
  }

  private String withOtherLetters(String body) {
    int at = random.nextInt(body.length() + 1);
    return body.substring(0, at) + (random.nextBoolean() ? body.substring(at).toUpperCase() : body.substring(at).toLowerCase());
  }

  private String withMuch(String body) {
    return switch (random.nextInt(5)) {
      case 0 -> body.replace("High", "x".repeat(1 << 20));
      case 1 -> body.replaceFirst("\\{", "[".repeat(60 + random.nextInt(20)) + "{");
      case 2 -> "[" + "{\"a\":".repeat(70) + "1" + "}".repeat(70) + "]";
      case 3 -> body.replaceFirst("Low", "{\"a\":[" + "0,".repeat(100_000) + "0]}");
      default -> "[" + (Bodies.TRIGGER + ",").repeat(random.nextInt(20)) + Bodies.GRAPH + "]";
    };
  }

  private String cut(String body) {
    int from = random.nextInt(body.length() + 1);
    int to = Math.min(body.length(), from + random.nextInt(random.nextBoolean() ? 5 : 400));
    return body.substring(0, from) + body.substring(to);
  }

  private String part(String body) {
    int from = random.nextInt(body.length() + 1);
    return body.substring(from, Math.min(body.length(), from + random.nextInt(200)));
  }

  private String insert(String body, String what) {
    int at = random.nextInt(body.length() + 1);
    return body.substring(0, at) + what + body.substring(at);
  }

  private byte[] spoil(byte[] bytes) {
    byte[] spoiled = Arrays.copyOf(bytes, random.nextInt(5) == 0 ? random.nextInt(bytes.length + 1) : bytes.length);
    for (int times = 1 + random.nextInt(3); times > 0 && spoiled.length > 0; times--) {
      spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt(256);
    }
    return spoiled;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
