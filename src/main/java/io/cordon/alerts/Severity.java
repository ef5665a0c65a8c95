package io.cordon.alerts;

import java.util.List;

/** The order of severities; an unknown one is below all. */
final class Severity {
  private static final List<String> RISING = List.of(KnownWords.UNKNOWN, "Informational", "Low", "Medium", "High");

  private Severity() {}

  static boolean isGraver(String one, String other) {
    return RISING.indexOf(one) > RISING.indexOf(other);
  }

  static String graver(String one, String other) {
    return isGraver(other, one) ? other : one;
  }
}
