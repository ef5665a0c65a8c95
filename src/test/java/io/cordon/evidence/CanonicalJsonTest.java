package io.cordon.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  @Test
  void writesTheKnownEntry() {
    EvidenceEvent event = EvidenceEvent.ofCase(EvidenceType.ALERT_RECEIVED, "c-0001", null, Map.of());
    byte[] body = Envelope.withoutSeq(event, Instant.parse("2026-01-02T03:04:00Z"), io.cordon.platform.mode.OperatingMode.LIVE);
    assertThat(new String(Envelope.withSeq(body, event.type(), 0), StandardCharsets.UTF_8)).isEqualTo(
        "{\"at\":\"2026-01-02T03:04:00.000Z\",\"case\":\"c-0001\",\"seq\":0,\"type\":\"ALERT_RECEIVED\",\"v\":1}");
  }

  @Test
  void sortsAndEscapesAsTheStandardSays() {
    Map<String, Object> object = Map.of("b", "\u20ac$\u000f\nA'B\"\\\\\"/\u007f", "B", -5,
        "a", List.of(true, Map.of()));
    assertThat(new String(CanonicalJson.write(object), StandardCharsets.UTF_8))
        .isEqualTo("{\"B\":-5,\"a\":[true,{}],\"b\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u007f\"}");
  }

  @Test
  void refusesWhatHasNoSingleSpelling() {
    for (Object value : List.of(1.5, 1L << 53, -(1L << 53), "\ud800", "\udc00x", 'c', new int[0])) {
      assertThatThrownBy(() -> CanonicalJson.write(Map.of("k", value))).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> CanonicalJson.write(Map.of("\u00e4", 1))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.write(Map.of("", 1))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNestedOrOversizedEventData() {
    for (Object value : List.of(List.of("x"), Map.of("a", 1), 1.0, (1L << 53), "\ud800")) {
      assertThatThrownBy(() -> EvidenceEvent.ofSystem(EvidenceType.HEARTBEAT, Map.of("k", value)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> EvidenceEvent.ofCase(EvidenceType.CASE_OPENED, "c \u00e4", null, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
