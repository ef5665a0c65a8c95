package io.cordon.channels.teams.answers;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.channels.teams.ApprovalButtons;
import io.cordon.gate.Verdict;
import java.util.Map;
import java.util.Optional;

/**
 * What was pressed: a verb of our list and the data of that button, with what was typed merged in. The data says which request
 * is meant and nothing about the plan.
 *
 * @param byHand false when the client refreshed the card by itself
 */
record Pressed(String verb, boolean byHand, JsonNode data) {
  static final Map<String, Verdict> VERDICTS =
      Map.of(ApprovalButtons.APPROVE, Verdict.APPROVE, ApprovalButtons.HOLD, Verdict.HOLD, ApprovalButtons.REJECT, Verdict.REJECT);

  /** What the activity says, or empty when it is none of our buttons. */
  static Optional<Pressed> of(Activity activity) {
    JsonNode value = activity.json().path("value");
    if (activity.isSubmit()) {
      return known(value.path("verb").asText(""), true, value);
    }
    JsonNode action = value.path("action");
    JsonNode data = action.path("data");
    String verb = action.path("verb").asText("");
    boolean sameVerb = !data.has("verb") || verb.equals(data.path("verb").asText());
    boolean execute = "Action.Execute".equals(action.path("type").asText());
    return sameVerb && execute ? known(verb, "manual".equals(value.path("trigger").asText()), data) : Optional.empty();
  }

  private static Optional<Pressed> known(String verb, boolean byHand, JsonNode data) {
    boolean ours = VERDICTS.containsKey(verb) || ApprovalButtons.REFRESH.equals(verb);
    boolean complete = data.path("approvalId").isTextual() && (data.path("requestRevision").isInt() || ApprovalButtons.REFRESH.equals(verb));
    return ours && complete ? Optional.of(new Pressed(verb, byHand, data)) : Optional.empty();
  }

  boolean isRefresh() {
    return ApprovalButtons.REFRESH.equals(verb);
  }

  String approvalId() {
    return data.path("approvalId").textValue();
  }

  int revision() {
    return data.path("requestRevision").intValue();
  }

  @Override
  public String toString() {
    return "Pressed[" + verb + ", [raw]]";
  }
}
