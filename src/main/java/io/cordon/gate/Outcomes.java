package io.cordon.gate;

import java.util.Map;

/** What a person is told after an accepted answer. */
final class Outcomes {
  private static final Map<String, String> SENTENCES =
      Map.of(
          "GRANTED", "Approved. The machine is isolated when the window opens, after a last look. The SOC can still withdraw it.",
          "WAITS_FOR_SECOND", "Your approval is recorded. Nothing happens until a second person of the other role approves too.",
          "PROCEED", "Go on. The machine is isolated now, after one more look. That the downtime procedure has started is part of the approval.",
          "STOP", "Stopped. The machine is not isolated. Security is asked what to do instead.",
          "REJECTED", "Rejected. The machine is not isolated. The SOC is asked to choose another control.",
          "HELD", "On hold. Nothing happens now. If nobody answers in time, the next people are asked.");

  private Outcomes() {}

  static String sentence(String outcome) {
    return SENTENCES.get(outcome);
  }
}
