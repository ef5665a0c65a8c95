package io.cordon.channels.teams.answers;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.Decision;
import io.cordon.gate.ProcedureImpact;
import io.cordon.gate.Verdict;
import io.cordon.platform.people.Person;
import java.time.Duration;
import java.time.Instant;

/** Makes an answer of what was chosen on the card. What is missing or unreadable stays missing, so that the gate says so. */
final class Answers {
  private static final int LONGEST_COMMENT = 300;
  private static final int LONGEST = 100_000;

  private Answers() {}

  static Decision of(ApprovalRequest request, Pressed pressed, Person person, Instant now) {
    Verdict verdict = Pressed.VERDICTS.get(pressed.verb());
    JsonNode data = pressed.data();
    boolean yes = verdict == Verdict.APPROVE;
    if (yes && request.quorum() > 1 && request.decisionHash() != null) {
      Instant from = request.windowFrom().isAfter(now) ? request.windowFrom() : null;
      return decision(request, pressed, verdict, from, request.windowTo(), request.backBy(), request.procedureImpact(), person);
    }
    Instant to = yes ? after(now, number(data, "windowMinutes"), Duration.ofMinutes(1)) : null;
    Instant backBy = yes ? after(now, number(data, "backByHours"), Duration.ofHours(1)) : null;
    return decision(request, pressed, verdict, null, to, backBy, yes ? impact(data) : null, person);
  }

  private static Decision decision(
      ApprovalRequest request, Pressed pressed, Verdict verdict, Instant from, Instant to, Instant backBy, ProcedureImpact impact, Person person) {
    return new Decision(
        request.id(), pressed.revision(), verdict, from, to, backBy, impact, text(pressed.data(), "reasonCode", 64),
        text(pressed.data(), "comment", LONGEST_COMMENT), person);
  }

  private static Instant after(Instant now, int count, Duration unit) {
    return count > 0 ? now.plus(unit.multipliedBy(count)) : null;
  }

  /** Clients send the values of choices as texts. */
  private static int number(JsonNode data, String field) {
    String text = data.path(field).asText("");
    int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    return number <= LONGEST ? number : 0;
  }

  private static ProcedureImpact impact(JsonNode data) {
    String said = data.path("procedureImpact").asText("");
    for (ProcedureImpact impact : ProcedureImpact.values()) {
      if (impact.name().equals(said)) {
        return impact;
      }
    }
    return null;
  }

  private static String text(JsonNode data, String field, int longest) {
    String text = data.path(field).asText("");
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
