package io.cordon.channels.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * The card Clinical Ops sees, as a pure function of its facts. Adaptive Card 1.5, far below the 14,000 characters every
 * way into Teams takes. Contract teams-pagerduty, sections 1.9 and 1.10.
 */
public final class ApprovalCard {
  private static final int MAX_VALUE = 120;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm z", Locale.ENGLISH);

  private ApprovalCard() {}

  public static JsonNode of(ApprovalCardFacts facts) {
    return card(facts, ApprovalCard::facts);
  }

  /** The same with nothing in it but fixed texts, the request code and the link: what is sent when the net holds the card back. */
  public static JsonNode bare(ApprovalCardFacts facts) {
    return card(facts, (body, of) -> row(rows(body), "Request", of.requestCode()));
  }

  private static JsonNode card(ApprovalCardFacts facts, BiConsumer<ArrayNode, ApprovalCardFacts> says) {
    ObjectNode card =
        JsonNodeFactory.instance
            .objectNode()
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("type", "AdaptiveCard")
            .put("version", "1.5");
    ArrayNode body = card.putArray("body");
    text(body, title(facts.state())).put("weight", "Bolder");
    says.accept(body, facts);
    text(body, consequence(facts.state()));
    if (facts.state().awaitsAnswer()) {
      card.putArray("actions")
          .addObject()
          .put("type", "Action.OpenUrl")
          .put("title", "Open approval page")
          .put("url", facts.pageUrl());
    }
    return card;
  }

  private static String title(ApprovalCardFacts.State state) {
    return switch (state) {
      case PENDING -> "Maintenance window needed";
      case HELD -> "On hold: an answer is still needed";
      case GRANTED -> "Approved";
      case REJECTED -> "Rejected: no action";
      case EXPIRED -> "Expired without an answer: no action";
      case WITHDRAWN -> "Withdrawn by security: no action";
      case VOIDED -> "No longer valid: the plan changed";
    };
  }

  private static String consequence(ApprovalCardFacts.State state) {
    return switch (state) {
      case PENDING, HELD -> "Full isolation stops all DICOM, HL7 and FHIR traffic of this server until it is released.";
      case GRANTED -> "During isolation all DICOM, HL7 and FHIR traffic of this server is stopped.";
      default -> "DICOM, HL7 and FHIR traffic of this server is not stopped by this request.";
    };
  }

  private static void facts(ArrayNode body, ApprovalCardFacts facts) {
    ArrayNode rows = rows(body);
    row(rows, "Request", facts.requestCode());
    row(rows, "Server", facts.machineName());
    row(rows, "Clinical service", facts.clinicalService());
    row(rows, "Action", facts.actionTitle());
    row(rows, "Severity", facts.severity());
    row(rows, "Reason", facts.reason());
    if (facts.state().awaitsAnswer()) {
      row(rows, "Decide by", time(facts.decideBy(), facts.zone()));
    }
    if (facts.windowFrom() != null && facts.windowTo() != null) {
      row(rows, "Window", time(facts.windowFrom(), facts.zone()) + " to " + time(facts.windowTo(), facts.zone()));
    }
  }

  private static ArrayNode rows(ArrayNode body) {
    return body.addObject().put("type", "FactSet").putArray("facts");
  }

  private static void row(ArrayNode rows, String title, String value) {
    if (value != null && !value.isBlank()) {
      rows.addObject().put("title", title).put("value", plain(value));
    }
  }

  private static ObjectNode text(ArrayNode body, String text) {
    return body.addObject().put("type", "TextBlock").put("text", text).put("wrap", true);
  }

  private static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }

  // Teams renders Markdown: brackets and the like could turn a host name into a link.
  private static String plain(String value) {
    String plain = value.replaceAll("[^\\p{L}\\p{N} .,:+/_-]", " ");
    return plain.length() <= MAX_VALUE ? plain : plain.substring(0, MAX_VALUE);
  }
}
