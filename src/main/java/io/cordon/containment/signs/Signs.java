package io.cordon.containment.signs;

import java.time.Instant;

/**
 * What was seen of a machine from three sides.
 *
 * @param lastSeen the sensor's last full report, about one a day, so no test of being online (contract mde, section 7); may be null
 */
record Signs(Sensor sensor, Instant lastSeen, Arc arc, Probe probe) {
  /** What Defender says of its sensor. */
  enum Sensor {
    SENSOR_REPORTING,
    SENSOR_SILENT,
    SENSOR_UNKNOWN
  }

  /** What Arc says of its agent, as of the last half hour (contract sentinel-graph-arc, section 4.1). */
  enum Arc {
    ARC_CONNECTED,
    ARC_DISCONNECTED,
    ARC_UNKNOWN
  }

  /** What the service answers for whose sake the machine is there; NONE where the register names none, or it is not asked. */
  enum Probe {
    PROBE_ANSWERED,
    PROBE_SILENT,
    PROBE_NONE,
    PROBE_UNKNOWN
  }
}
