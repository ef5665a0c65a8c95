package io.cordon.alerts;

import java.util.List;

/** The order of severities. One that is not known makes no case graver, and only a high one makes a case graver that has none. */
final class Severity {
  private static final String HIGHEST = "High";
  private static final List<String> RISING = List.of("Informational", "Low", "Medium", HIGHEST);

  private Severity() {}

  static boolean isGraver(String one, String other) {
    // the policy takes an unknown severity for the worst, which a mild alert must not soften
    return KnownWords.UNKNOWN.equals(other) ? HIGHEST.equals(one) : RISING.indexOf(one) > RISING.indexOf(other);
  }

  static String graver(String one, String other) {
    return isGraver(other, one) ? other : one;
  }
}
