package io.cordon.gate;

import java.util.Map;

/** What a person is told after an accepted answer: what follows depends on what the plan does. */
final class Outcomes {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "WAITS_FOR_SECOND", "Your approval is recorded. Nothing happens until a second person of the other role approves too.",
          "HELD", "On hold. Nothing happens now. No answer in time means no: then the next people are asked, or security does something else.");
  private static final String OTHERS_NEXT =
      "Rejected. Nothing is done on your answer. The clinical executive is asked next and may still agree; security protects the machine in another way meanwhile.";
  private static final Map<String, String> OF_ISOLATION =
      Map.of(
          "GRANTED", "Approved. The machine is isolated when the window opens, after a last look. The SOC can still withdraw it.",
          "PROCEED", "Go on. The machine is isolated now, after one more look. That the downtime procedure has started is part of the approval.",
          "STOP", "Stopped. The machine is not isolated. Security is asked what to do instead.",
          "REJECTED", "Rejected. The machine is not isolated. The SOC is asked to choose another control.");
  private static final Map<String, String> OF_A_STOP =
      Map.of(
          "GRANTED", "Approved. The process is stopped when the window opens, after a last look; the machine stays on the network. The SOC can still withdraw it.",
          "PROCEED", "Go on. The process is stopped now, after one more look. That the downtime procedure has started is part of the approval.",
          "STOP", "Stopped. The process is left alone. Security is asked what to do instead.",
          "REJECTED", "Rejected. The process is left alone. The SOC is asked to choose another control.");
  private static final Map<String, String> OF_COMPENSATION =
      Map.of(
          "GRANTED", "Approved. When the window opens, people are asked to make the changes around the machine; Defender does nothing to it. The SOC can still withdraw it.",
          "PROCEED", "Go on. People are asked now to make the changes around the machine. That the downtime procedure has started is part of the approval.",
          "STOP", "Stopped. Nothing is changed around the machine. Security is asked what to do instead.",
          "REJECTED", "Rejected. Nothing is changed around the machine. The SOC is asked to choose another control.");

  private Outcomes() {}

  /** @param othersNext whether the next people are asked after a no */
  static String sentence(String outcome, Plan plan, boolean othersNext) {
    if ("REJECTED".equals(outcome) && othersNext) {
      return OTHERS_NEXT;
    }
    Map<String, String> byAction =
        switch (plan.action()) {
          case Plan.STOP_PROCESS -> OF_A_STOP;
          case Plan.COMPENSATE -> OF_COMPENSATION;
          default -> OF_ISOLATION;
        };
    return ALWAYS.getOrDefault(outcome, byAction.get(outcome));
  }
}
