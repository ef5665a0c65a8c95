package io.cordon.sandbox;

import java.util.Collections;
import java.util.List;

/** One line of a table of waiting times. */
final class Percentiles {
  private Percentiles() {}

  static void line(String what, List<Long> millis) {
    Collections.sort(millis);
    System.out.printf("| %s | %s | %s | %s |%n", what, at(millis, 0.5), at(millis, 0.99), at(millis, 1));
  }

  private static String at(List<Long> sorted, double share) {
    return sorted.isEmpty() ? "-" : sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1)) + " ms";
  }
}
