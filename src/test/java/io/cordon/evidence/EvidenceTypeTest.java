package io.cordon.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTypeTest {
  @Test
  void takesWhatTheTypeLists() {
    Map<String, Object> data = Map.of("approval", "a-1", "requestRevision", 2, "outcome", "GRANTED", "decisionHash", "ab".repeat(32),
        "windowFrom", "2026-01-02T03:04:05Z", "windowTo", "2026-01-02T03:04:05.678Z");
    assertThat(event(EvidenceType.APPROVAL_GRANTED, data).data()).isEqualTo(data);
    assertThat(event(EvidenceType.ALERT_RECEIVED, Map.of("detector", "Defender for Endpoint", "tactics", "")).data()).hasSize(2);
  }

  @Test
  void refusesWhatTheTypeDoesNotList() {
    assertThatThrownBy(() -> event(EvidenceType.ALERT_RECEIVED, Map.of("commandLine", "x"))).hasMessageContaining("no member commandLine");
    assertThatThrownBy(() -> event(EvidenceType.HEARTBEAT, Map.of("approval", "a-1"))).hasMessageContaining("no member approval");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PID|1||4711", "DOE^JANE", "a\nb", "it's her", "\u00e4", "{}", "https://x/?q=1#y"})
  void refusesTextWhereACodeBelongs(String text) {
    assertThatThrownBy(() -> event(EvidenceType.NOTIFY_SENT, Map.of("channel", text))).hasMessageContaining("is not a CODE").hasMessageNotContaining(text);
  }

  @Test
  void refusesAValueOfAnotherKind() {
    assertThatThrownBy(() -> event(EvidenceType.PLAN_MADE, Map.of("planHash", "AB".repeat(32)))).hasMessageContaining("is not a HASH");
    assertThatThrownBy(() -> event(EvidenceType.APPROVAL_EXPIRED, Map.of("tier", "2"))).hasMessageContaining("is not a NUMBER");
    assertThatThrownBy(() -> event(EvidenceType.APPROVAL_WITHDRAWN, Map.of("inFlight", "true"))).hasMessageContaining("is not a FLAG");
    assertThatThrownBy(() -> event(EvidenceType.WINDOW_OPENED, Map.of("windowFrom", "tomorrow"))).hasMessageContaining("is not a TIME");
    assertThatThrownBy(() -> event(EvidenceType.PLAN_MADE, Map.of("canonical", "free text"))).hasMessageContaining("is not a JSON");
  }

  private static EvidenceEvent event(EvidenceType type, Map<String, Object> data) {
    return EvidenceEvent.ofCase(type, "c-1", null, data);
  }
}
