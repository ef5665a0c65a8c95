package io.cordon.containment.signs;

import io.cordon.containment.signs.Signs.Arc;
import io.cordon.containment.signs.Signs.Probe;
import io.cordon.containment.signs.Signs.Sensor;
import java.time.Duration;

/** What the signs say together of a machine that was isolated or released. Pure. */
enum Verdict {
  /** Isolated and still reporting to Defender, or back with its service. */
  AS_EXPECTED,
  /** Defender says isolated, and it is still there for others. */
  CONTRADICTED,
  /** It is not as healthy as it should be. */
  UNHEALTHY,
  /** Something could not be seen. */
  NOT_SEEN,
  /** What was seen may be of before the release. */
  TOO_EARLY;

  /** Arc says Connected for so long of a machine that is not there (contract sentinel-graph-arc, section 4.1). */
  private static final Duration ARC_NOTICES_WITHIN = Duration.ofMinutes(30);

  static Verdict afterIsolation(Signs signs) {
    if (signs.arc() == Arc.ARC_CONNECTED) {
      return CONTRADICTED;
    }
    if (signs.sensor() == Sensor.SENSOR_SILENT) {
      return UNHEALTHY;
    }
    return signs.arc() == Arc.ARC_UNKNOWN || signs.sensor() == Sensor.SENSOR_UNKNOWN ? NOT_SEEN : AS_EXPECTED;
  }

  /** @param since how long ago the machine was released */
  static Verdict afterRelease(Signs signs, Duration since) {
    if (signs.arc() == Arc.ARC_DISCONNECTED || signs.sensor() == Sensor.SENSOR_SILENT || signs.probe() == Probe.PROBE_SILENT) {
      return UNHEALTHY;
    }
    if (signs.arc() == Arc.ARC_UNKNOWN || signs.sensor() == Sensor.SENSOR_UNKNOWN || signs.probe() == Probe.PROBE_UNKNOWN) {
      return NOT_SEEN;
    }
    boolean isProof = signs.probe() == Probe.PROBE_ANSWERED || since.compareTo(ARC_NOTICES_WITHIN) >= 0;
    return isProof ? AS_EXPECTED : TOO_EARLY;
  }
}
