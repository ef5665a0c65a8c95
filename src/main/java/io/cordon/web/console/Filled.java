package io.cordon.web.console;

import java.util.Map;

/**
 * A form as somebody filled it in.
 *
 * @param values what was typed in the declared fields, without the empty ones
 * @param problems what is wrong, by field: MISSING, CHOICE, NUMBER, TIME or LONG
 */
record Filled(Map<String, String> values, Map<String, String> problems) {
  boolean isGood() {
    return problems.isEmpty();
  }

  @Override
  public String toString() {
    return "Filled[[raw], " + problems.keySet() + "]";
  }
}
