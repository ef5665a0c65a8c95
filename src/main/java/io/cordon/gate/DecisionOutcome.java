package io.cordon.gate;

/**
 * What became of an answer.
 *
 * @param accepted false when the answer changed nothing
 * @param code stable code of the outcome: GRANTED, REJECTED, HELD, REPEATED or the refusal's name
 * @param message one sentence for the person: what happened, what it means for the case, what to do next
 */
public record DecisionOutcome(boolean accepted, String code, String message) {
  static DecisionOutcome unknownRequest() {
    return new DecisionOutcome(false, "UNKNOWN_REQUEST", "There is no such request. Nothing was changed. Open the list of waiting requests.");
  }
}
