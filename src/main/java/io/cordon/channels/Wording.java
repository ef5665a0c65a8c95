package io.cordon.channels;

import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.PlanChange;
import io.cordon.platform.people.Role;
import java.util.ArrayList;
import java.util.List;

/** What cards and pages say in words of whom they ask and of what is new. Pure; no names of people. */
final class Wording {
  private Wording() {}

  /** Whose turn it is, as an on-call role. */
  static String asked(ApprovalRequest request) {
    String first = Role.CLINICAL_EXECUTIVE.claim().equals(request.approverRole()) ? "clinical executive on call" : "clinical approver on call";
    return request.quorum() > 1 ? first + ", and a security lead" : first;
  }

  /** Why somebody is asked, by what the case began with: nobody is told of an alert that was not raised. */
  static String why(String detector) {
    return switch (detector) {
      case "UNKNOWN" -> "A security analyst opened this case without an alert";
      case "Cordon" -> "This machine was isolated in the Defender portal, past Cordon, or late by Cordon itself";
      case "Other" -> "A product without a name in Cordon raised an alert on this machine";
      case "Sentinel analytics rule" -> "A Sentinel analytics rule raised an alert on this machine";
      default -> detector + " raised an alert on this machine";
    };
  }

  /** What changed since the question that this one replaces; empty when it replaces none. */
  static String changed(List<PlanChange> changes) {
    long in = changes.stream().filter(change -> change.machine().isPresent() && change.from() == null).count();
    long out = changes.stream().filter(change -> change.machine().isPresent() && change.to() == null).count();
    List<String> parts = new ArrayList<>();
    if (in + out > 0) {
      parts.add("machines " + in + " more, " + out + " fewer");
    }
    changes.stream()
        .filter(change -> change.machine().isEmpty())
        .forEach(change -> parts.add(change.what().substring(change.what().lastIndexOf('/') + 1) + " " + change.from() + " to " + change.to()));
    return parts.isEmpty() ? "" : ". Asked anew, changed: " + String.join("; ", parts);
  }
}
