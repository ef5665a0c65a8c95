package io.cordon.evidence;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** Whether one line is a canonical entry with the number of its place. */
final class EntryCheck {
  private static final ObjectReader JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build()
      .readerFor(Map.class);

  private EntryCheck() {}

  /** Null when the line is good, else the reason. */
  static String fault(byte[] line, long seq) {
    try {
      Map<?, ?> entry = JSON.readValue(line);
      if (!Arrays.equals(CanonicalJson.write(entry), line)) {
        return "not canonical";
      }
      return entry.get("seq") instanceof Number number && number.longValue() == seq
          ? null
          : "carries another number than its place";
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      return "not an entry in canonical form";
    }
  }
}
