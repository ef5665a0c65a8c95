package io.cordon.channels;

import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.LastLook;
import io.cordon.gate.LastQuestion;
import io.cordon.gate.clearance.ClearanceCheck;
import io.cordon.gate.clearance.ClinicalClearance;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads the facts from the gate. A card does not grow older by itself, so it names the time of what it says. */
@Component
class ClinicalFactsOfGate implements ClinicalFacts {
  private final ClinicalClearance clearance;
  private final LastLook lastLook;
  private final DateTimeFormatter time;

  ClinicalFactsOfGate(ClinicalClearance clearance, LastLook lastLook, @Value("${cordon.zone:UTC}") ZoneId zone) {
    this.clearance = clearance;
    this.lastLook = lastLook;
    this.time = DateTimeFormatter.ofPattern("d MMM HH:mm z", Locale.ENGLISH).withZone(zone);
  }

  @Override
  public Optional<String> clearance(String planId) {
    return clearance.hasFeed() ? clearance.newest(planId).map(this::words) : Optional.empty();
  }

  private String words(ClearanceCheck check) {
    String at = time.format(check.checkedAt());
    return switch (check.result()) {
      case CLEAR -> "Nobody counted, " + at + ". No proof: only people can say that it is safe";
      case BUSY -> "Somebody is being treated, " + at;
      case UNKNOWN -> "Not known, " + at + ". Only people can say";
    };
  }

  @Override
  public Optional<Instant> askedAgainUntil(ApprovalRequest request) {
    return lastLook.openQuestion(request).map(LastQuestion::answerDeadline);
  }
}
