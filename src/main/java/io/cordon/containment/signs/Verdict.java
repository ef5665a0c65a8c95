package io.cordon.containment.signs;

import io.cordon.containment.signs.Signs.Arc;
import io.cordon.containment.signs.Signs.Probe;
import io.cordon.containment.signs.Signs.Sensor;

/** What the signs say together of a machine that was isolated or released. Pure. */
enum Verdict {
  /** Isolated and still reporting to Defender, or back with its service. */
  AS_EXPECTED,
  /** Defender says isolated, and it is still there for others. */
  CONTRADICTED,
  /** It is not as healthy as it should be. */
  UNHEALTHY,
  /** Something could not be seen. */
  NOT_SEEN;

  static Verdict afterIsolation(Signs signs) {
    if (signs.arc() == Arc.ARC_CONNECTED) {
      return CONTRADICTED;
    }
    if (signs.sensor() == Sensor.SENSOR_SILENT) {
      return UNHEALTHY;
    }
    return signs.arc() == Arc.ARC_UNKNOWN || signs.sensor() == Sensor.SENSOR_UNKNOWN ? NOT_SEEN : AS_EXPECTED;
  }

  static Verdict afterRelease(Signs signs) {
    if (signs.arc() == Arc.ARC_DISCONNECTED || signs.sensor() == Sensor.SENSOR_SILENT || signs.probe() == Probe.PROBE_SILENT) {
      return UNHEALTHY;
    }
    boolean unseen = signs.arc() == Arc.ARC_UNKNOWN || signs.sensor() == Sensor.SENSOR_UNKNOWN || signs.probe() == Probe.PROBE_UNKNOWN;
    return unseen ? NOT_SEEN : AS_EXPECTED;
  }
}
