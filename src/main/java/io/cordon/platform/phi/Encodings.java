package io.cordon.platform.phi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Everything a text says once what is encoded in it is decoded, up to two deep. Pure and bounded. */
final class Encodings {
  /** There is more in it than can be looked at. */
  static final class TooMuch extends RuntimeException {
    private TooMuch() {
      super("more text than can be looked at", null, false, false);
    }
  }

  private static final int DEEPEST = 2;
  private static final int LONGEST = 64 * 1024;
  private static final int MOST = 400;
  private static final Pattern PERCENT = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u{1,8}([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{8,}");
  /** A hash, a number or part of a GUID, which no Base64 of a text looks like: by chance one in some thousands reads as a name. */
  private static final Pattern HEX = Pattern.compile("[0-9a-f-]+|[0-9A-F-]+");
  private static final Pattern BETWEEN = Pattern.compile("[+/_-]");

  private Encodings() {}

  /** The text itself first. */
  static Set<String> readings(String text) {
    Set<String> all = new LinkedHashSet<>();
    List<String> level = List.of(text);
    for (int depth = 0; depth <= DEEPEST && !level.isEmpty(); depth++) {
      List<String> next = new ArrayList<>();
      for (String one : level) {
        if (one.length() > LONGEST || all.size() >= MOST) {
          throw new TooMuch();
        }
        if (all.add(one) && depth < DEEPEST) {
          next.addAll(decoded(one));
        }
      }
      level = next;
    }
    return all;
  }

  private static List<String> decoded(String text) {
    List<String> found = new ArrayList<>();
    if (text.indexOf('%') >= 0) {
      found.add(PERCENT.matcher(text).replaceAll(run -> Matcher.quoteReplacement(percent(run.group()))));
    }
    if (text.indexOf('\\') >= 0) {
      found.add(ESCAPE.matcher(text).replaceAll(run -> Matcher.quoteReplacement(escaped(run.group(1), run.group(2)))));
    }
    if (text.startsWith("\u001f\u008b")) {
      found.add(unzipped(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
    Matcher tokens = BASE64.matcher(text);
    while (tokens.find()) {
      base64(tokens.group()).ifPresent(found::add);
      for (String part : BETWEEN.split(tokens.group())) {
        base64(part).ifPresent(found::add);
      }
    }
    return found;
  }

  private static String percent(String run) {
    byte[] bytes = new byte[run.length() / 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(run, 3 * i + 1, 3 * i + 3, 16);
    }
    return readable(bytes).orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private static String escaped(String four, String two) {
    return String.valueOf((char) Integer.parseInt(four == null ? two : four, 16));
  }

  /** What a token says, if it is Base64 of readable text or of gzip. */
  private static Optional<String> base64(String token) {
    int length = token.length() % 4 == 1 ? token.length() - 1 : token.length();
    if (length < 8 || HEX.matcher(token).matches()) {
      return Optional.empty();
    }
    byte[] bytes = Base64.getDecoder().decode(token.substring(0, length).replace('-', '+').replace('_', '/'));
    boolean zipped = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    return zipped ? Optional.of(new String(bytes, StandardCharsets.ISO_8859_1)) : readable(bytes).filter(Encodings::isText);
  }

  private static Optional<String> readable(byte[] bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  // HL7 is framed by vertical tab and file separator
  private static boolean isText(String text) {
    return text.chars().allMatch(c -> !Character.isISOControl(c) || "\t\r\n\u000b\u001c".indexOf(c) >= 0);
  }

  private static String unzipped(byte[] bytes) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] plain = in.readNBytes(LONGEST + 1);
      if (plain.length > LONGEST) {
        throw new TooMuch();
      }
      return readable(plain).orElseGet(() -> new String(plain, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return "";
    }
  }
}
