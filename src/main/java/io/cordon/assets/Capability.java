package io.cordon.assets;

/** What can be done to a machine through Defender. Only a sensor that is onboarded and active can isolate it. */
public enum Capability {
  FULL,
  NONE,
  /** Unix without a sensor: only its syslog is seen, so it is protected in other ways. */
  SYSLOG_ONLY,
  UNKNOWN;

  /**
   * Judges what Defender says.
   *
   * @param unix whether it runs AIX, HP-UX or Solaris
   * @param stale whether the facts are too old to count
   */
  static Capability of(boolean unix, String onboarding, String health, boolean stale) {
    if (unix) {
      return SYSLOG_ONLY;
    }
    if (stale || MdeDevice.UNKNOWN.equals(onboarding) || MdeDevice.UNKNOWN.equals(health)) {
      return UNKNOWN;
    }
    return "Onboarded".equals(onboarding) && "Active".equals(health) ? FULL : NONE;
  }
}
