package io.cordon.channels.teams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.channels.teams.ApprovalCardFacts.Answering;

/**
 * What can be chosen and pressed on the card. The data of a button names the request and its revision and nothing else; who
 * pressed and what the plan is are never read from it. Contract teams-pagerduty, sections 1.5 and 1.10.
 */
public final class ApprovalButtons {
  public static final String APPROVE = "approve";
  public static final String HOLD = "hold";
  public static final String REJECT = "reject";
  /** Asks for the card as it stands for whoever looks at it; never an answer. */
  public static final String REFRESH = "refresh";

  private ApprovalButtons() {}

  /** Adds the questions and the buttons, always with the link to the page. */
  static void add(ObjectNode card, ArrayNode body, ApprovalCardFacts facts) {
    if (facts.answering() == Answering.BUTTONS) {
      choice(body, "procedureImpact", "Procedures running now", null,
          "NONE_RUNNING", "None is running", "CAN_BE_MOVED", "One is running and can be moved",
          "DOWNTIME_PROCEDURE_STARTED", "The downtime procedure has started");
      choice(body, "windowMinutes", "It may start now and within", "60", "30", "30 minutes", "60", "1 hour", "120", "2 hours", "240", "4 hours");
      choice(body, "backByHours", "The service is expected back in", "4",
          "1", "1 hour", "2", "2 hours", "4", "4 hours", "8", "8 hours", "24", "1 day", "72", "3 days");
    }
    if (facts.answering().hasButtons()) {
      choice(body, "reasonCode", "Reason", null,
          "THREAT_OUTWEIGHS_DOWNTIME", "The threat outweighs the downtime", "NO_PATIENT_IMPACT", "No patient is affected",
          "PROCEDURE_RUNNING", "A procedure is running", "NEEDS_MORE_FACTS", "I need more facts",
          "RISK_TO_PATIENTS", "Too risky for patients", "FALSE_ALARM", "It is a false alarm", "OTHER_SEE_SEALED", "Something else (see comment)");
      body.addObject().put("type", "Input.Text").put("id", "comment").put("label", "Comment (no patient data)").put("maxLength", 300).put("isMultiline", true);
    }
    ArrayNode actions = body.addObject().put("type", "ActionSet").putArray("actions");
    if (facts.answering().hasButtons()) {
      execute(actions, APPROVE, "Approve", facts);
      execute(actions, HOLD, "Hold", facts);
      execute(actions, REJECT, "Reject", facts);
    }
    actions.addObject().put("type", "Action.OpenUrl").put("title", "Open approval page").put("url", facts.pageUrl());
    if (facts.answering() != Answering.PAGE) {
      ObjectNode refresh = card.putObject("refresh").putObject("action").put("type", "Action.Execute").put("title", "Refresh").put("verb", REFRESH);
      refresh.set("data", data(REFRESH, facts));
    }
  }

  private static void execute(ArrayNode actions, String verb, String title, ApprovalCardFacts facts) {
    ObjectNode execute = actions.addObject().put("type", "Action.Execute").put("title", title).put("verb", verb);
    execute.set("data", data(verb, facts));
    ObjectNode fallback = execute.putObject("fallback").put("type", "Action.Submit").put("title", title);
    fallback.set("data", data(verb, facts));
  }

  private static ObjectNode data(String verb, ApprovalCardFacts facts) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("v", 1)
        .put("verb", verb)
        .put("approvalId", facts.approvalId())
        .put("requestRevision", facts.requestRevision());
  }

  private static void choice(ArrayNode body, String id, String label, String chosen, String... valuesAndTitles) {
    ObjectNode input = body.addObject().put("type", "Input.ChoiceSet").put("id", id).put("label", label).put("style", "compact");
    if (chosen == null) {
      input.put("placeholder", "Choose");
    } else {
      input.put("value", chosen);
    }
    ArrayNode choices = input.putArray("choices");
    for (int i = 0; i < valuesAndTitles.length; i += 2) {
      choices.addObject().put("title", valuesAndTitles[i + 1]).put("value", valuesAndTitles[i]);
    }
  }
}
