package io.cordon.evidence;

import io.cordon.platform.mode.OperatingMode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/** Turns an event into the bytes of its leaf, in two steps because the number is known only when it is sequenced. */
final class Envelope {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Envelope() {}

  /** A time as entries hold it: UTC, milliseconds. */
  static String at(Instant at) {
    return MILLIS.format(at);
  }

  /** The canonical envelope without {@code seq}; members without content are left out, there is no null; nor is the mode LIVE named. */
  static byte[] withoutSeq(EvidenceEvent event, Instant at, OperatingMode mode) {
    Map<String, Object> envelope = new HashMap<>();
    envelope.put("v", 1);
    envelope.put("type", event.type().name());
    envelope.put("at", at(at));
    if (event.caseId() != null) {
      envelope.put("case", event.caseId());
    }
    if (event.actor() != null) {
      EvidenceActor actor = event.actor();
      envelope.put("actor", Map.of("tid", actor.tid(), "oid", actor.oid(), "role", actor.role()));
    }
    if (!event.data().isEmpty()) {
      envelope.put("data", event.data());
    }
    if (mode.isMarked()) {
      envelope.put("mode", mode.name());
    }
    if (!event.refs().isEmpty()) {
      envelope.put("refs", event.refs().stream().map(Envelope::ref).toList());
    }
    return CanonicalJson.write(envelope);
  }

  /** Puts {@code seq} where canonical order wants it: right before the known end {@code "type":..,"v":1}}. */
  static byte[] withSeq(byte[] withoutSeq, EvidenceType type, long seq) {
    byte[] end = ascii("\"type\":\"" + type + "\",\"v\":1}");
    ByteArrayOutputStream leaf = new ByteArrayOutputStream(withoutSeq.length + 32);
    leaf.write(withoutSeq, 0, withoutSeq.length - end.length);
    leaf.writeBytes(ascii("\"seq\":" + seq + ","));
    leaf.writeBytes(end);
    return leaf.toByteArray();
  }

  private static Map<String, Object> ref(EvidenceRef ref) {
    return Map.of("name", ref.name(), "sha256", ref.sha256(), "salted", ref.salted());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
