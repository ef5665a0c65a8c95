package io.cordon.playbook.delegates;

import io.cordon.evidence.EvidenceType;
import java.util.Map;

/**
 * What became of an action, read from what the steps of perform-action found out. Pure. Whatever cannot be told is
 * UNRESOLVED and goes to a person.
 */
record ActionResult(String outcome, String permitState, EvidenceType evidence) {

  static ActionResult of(Map<String, Object> found) {
    if (found.get("finding") != null) {
      return settled(found.get("finding").toString());
    }
    if (found.get("cancelOutcome") != null) {
      return cancelled(found.get("cancelOutcome").toString());
    }
    if ("FINAL".equals(found.get("pollOutcome"))) {
      return finished(String.valueOf(found.get("actionStatus")));
    }
    return switch (String.valueOf(found.get("sendOutcome"))) {
      case "REFUSED" -> new ActionResult("FAILED", "REFUSED", EvidenceType.ACTION_RESULT);
      case "NOT_SENT" -> new ActionResult("CANCELLED", "NOT_SENT", EvidenceType.ACTION_CANCELLED);
      default -> unresolved();
    };
  }

  /** What a person found at the machine; its permit stays UNRESOLVED, for that is what Cordon knew. */
  private static ActionResult settled(String finding) {
    return switch (finding) {
      case "ISOLATED" -> new ActionResult("SUCCEEDED", "UNRESOLVED", EvidenceType.ACTION_UNRESOLVED);
      case "NOT_ISOLATED" -> new ActionResult("FAILED", "UNRESOLVED", EvidenceType.ACTION_UNRESOLVED);
      default -> unresolved();
    };
  }

  /** Whether a person found that it was done, so that the case goes on from there. */
  boolean isFoundByAPerson() {
    return "SUCCEEDED".equals(outcome) && "UNRESOLVED".equals(permitState);
  }

  private static ActionResult cancelled(String outcome) {
    return switch (outcome) {
      case "CANCELLED" -> new ActionResult("CANCELLED", "CANCELLED", EvidenceType.ACTION_CANCELLED);
      case "RAN_AFTER_ALL" -> new ActionResult("SUCCEEDED", "SUCCEEDED", EvidenceType.ACTION_DEVIATION);
      default -> unresolved();
    };
  }

  private static ActionResult finished(String status) {
    return switch (status) {
      case "SUCCEEDED" -> new ActionResult("SUCCEEDED", "SUCCEEDED", EvidenceType.ACTION_RESULT);
      case "FAILED" -> new ActionResult("FAILED", "FAILED", EvidenceType.ACTION_RESULT);
      case "CANCELLED" -> new ActionResult("CANCELLED", "CANCELLED", EvidenceType.ACTION_CANCELLED);
      default -> unresolved();
    };
  }

  private static ActionResult unresolved() {
    return new ActionResult("UNRESOLVED", "UNRESOLVED", EvidenceType.ACTION_UNRESOLVED);
  }
}
