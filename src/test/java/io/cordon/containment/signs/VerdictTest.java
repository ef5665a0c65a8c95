package io.cordon.containment.signs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.containment.signs.Signs.Arc;
import io.cordon.containment.signs.Signs.Probe;
import io.cordon.containment.signs.Signs.Sensor;
import java.time.Duration;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  @ParameterizedTest
  @CsvSource({
    "SENSOR_REPORTING, ARC_DISCONNECTED, AS_EXPECTED",
    "SENSOR_REPORTING, ARC_CONNECTED, CONTRADICTED",
    "SENSOR_SILENT, ARC_CONNECTED, CONTRADICTED",
    "SENSOR_UNKNOWN, ARC_CONNECTED, CONTRADICTED",
    "SENSOR_SILENT, ARC_DISCONNECTED, UNHEALTHY",
    "SENSOR_SILENT, ARC_UNKNOWN, UNHEALTHY",
    "SENSOR_UNKNOWN, ARC_DISCONNECTED, NOT_SEEN",
    "SENSOR_REPORTING, ARC_UNKNOWN, NOT_SEEN",
  })
  void judgesAnIsolation(Sensor sensor, Arc arc, Verdict verdict) {
    assertThat(Verdict.afterIsolation(new Signs(sensor, null, arc, Probe.PROBE_NONE))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "SENSOR_REPORTING, ARC_CONNECTED, PROBE_ANSWERED, AS_EXPECTED",
    "SENSOR_REPORTING, ARC_CONNECTED, PROBE_NONE, TOO_EARLY",
    "SENSOR_REPORTING, ARC_CONNECTED, PROBE_SILENT, UNHEALTHY",
    "SENSOR_REPORTING, ARC_DISCONNECTED, PROBE_ANSWERED, UNHEALTHY",
    "SENSOR_SILENT, ARC_CONNECTED, PROBE_ANSWERED, UNHEALTHY",
    "SENSOR_UNKNOWN, ARC_UNKNOWN, PROBE_SILENT, UNHEALTHY",
    "SENSOR_REPORTING, ARC_CONNECTED, PROBE_UNKNOWN, NOT_SEEN",
    "SENSOR_REPORTING, ARC_UNKNOWN, PROBE_ANSWERED, NOT_SEEN",
    "SENSOR_UNKNOWN, ARC_CONNECTED, PROBE_NONE, NOT_SEEN",
  })
  void judgesARelease(Sensor sensor, Arc arc, Probe probe, Verdict verdict) {
    assertThat(Verdict.afterRelease(new Signs(sensor, null, arc, probe), Duration.ofMinutes(29))).isEqualTo(verdict);
  }

  @Test
  void takesArcsWordForAReleaseOnceItCanBeNoOlder() {
    Signs signs = new Signs(Sensor.SENSOR_REPORTING, null, Arc.ARC_CONNECTED, Probe.PROBE_NONE);
    assertThat(Verdict.afterRelease(signs, Duration.ofMinutes(30))).isEqualTo(Verdict.AS_EXPECTED);
  }

  @Test
  void hasWordsForEverythingThatIsWrittenDown() {
    ResourceBundle words = ResourceBundle.getBundle("messages");
    Stream.of(Verdict.values(), Sensor.values(), Arc.values(), Probe.values()).flatMap(Stream::of)
        .filter(code -> code != Verdict.TOO_EARLY)
        .forEach(code -> assertThat(words.containsKey("detail." + code)).as(code.toString()).isTrue());
  }
}
