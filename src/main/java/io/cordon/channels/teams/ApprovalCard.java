package io.cordon.channels.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The card Clinical Ops sees, as a pure function of its facts. Adaptive Card 1.5, below the 14,000 characters every way into
 * Teams takes. Contract teams-pagerduty, sections 1.9 and 1.10.
 */
public final class ApprovalCard {
  private static final int MAX_VALUE = 240;
  private static final String ACTED_ON = "Nothing more is sent on this request. What was sent before is not undone by that: the case says what was done.";
  private static final String UNKNOWN = "What was sent may still be carried out, or was late: the case says what is known.";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm z", Locale.ENGLISH);

  private ApprovalCard() {}

  public static JsonNode of(ApprovalCardFacts facts) {
    return of(facts, null);
  }

  /** The card with a sentence for whoever looks at it, such as what became of their answer. */
  public static JsonNode of(ApprovalCardFacts facts, String note) {
    ObjectNode card = card(title(facts));
    ArrayNode body = body(card);
    if (note != null) {
      text(body, note).put("weight", "Bolder");
    }
    text(body, consequence(facts));
    facts(body, facts);
    if (facts.state().awaitsAnswer()) {
      ApprovalButtons.add(card, body, facts);
    } else if (facts.state() == ApprovalCardFacts.State.ASKED_AGAIN) {
      link(body, facts);
    }
    return card;
  }

  /** The same with nothing in it but fixed texts, the request code and the link: what is sent when the net holds the card back. */
  public static JsonNode bare(ApprovalCardFacts facts) {
    ObjectNode card = card(title(facts));
    ArrayNode body = body(card);
    row(rows(body), "Request", facts.requestCode());
    text(body, consequence(facts));
    if (facts.state().awaitsAnswer() || facts.state() == ApprovalCardFacts.State.ASKED_AGAIN) {
      link(body, facts);
    }
    return card;
  }

  /** In the place of a card that was sent twice. */
  public static JsonNode duplicate(ApprovalCardFacts facts) {
    ObjectNode card = card("Sent twice by mistake");
    ArrayNode body = body(card);
    text(body, "The other card in this channel asks the same and shows what became of it. Answer there or on the page.");
    row(rows(body), "Request", facts.requestCode());
    return card;
  }

  /** A card with one sentence. */
  static JsonNode ofText(String text) {
    return card(text);
  }

  private static ObjectNode card(String title) {
    ObjectNode card =
        JsonNodeFactory.instance
            .objectNode()
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("type", "AdaptiveCard")
            .put("version", "1.5");
    text(card.putArray("body"), title).put("weight", "Bolder").put("size", "Medium");
    return card;
  }

  private static ArrayNode body(ObjectNode card) {
    return (ArrayNode) card.get("body");
  }

  private static void link(ArrayNode body, ApprovalCardFacts facts) {
    body.addObject()
        .put("type", "ActionSet")
        .putArray("actions")
        .addObject()
        .put("type", "Action.OpenUrl")
        .put("title", "Open approval page")
        .put("url", facts.pageUrl());
  }

  private static String title(ApprovalCardFacts facts) {
    return switch (facts.state()) {
      case PENDING -> "Maintenance window needed";
      case HELD -> "On hold: an answer is still needed";
      case GRANTED -> "Approved";
      case UNDONE -> "Approved, but not done: no action";
      case UNCLEAR -> "Approved, but not done as approved: see the case";
      case ASKED_AGAIN -> "Go on? It is worse than when you approved";
      case REJECTED -> ended("Rejected", facts);
      case EXPIRED -> ended("Expired without an answer", facts);
      case WITHDRAWN -> ended("Withdrawn by security", facts);
      case VOIDED -> "No longer valid: the plan changed";
    };
  }

  private static String ended(String how, ApprovalCardFacts facts) {
    return facts.actedOn() ? how + ". What was already sent: see the case" : how + ": no action";
  }

  private static String consequence(ApprovalCardFacts facts) {
    return facts.isolates() ? ofIsolation(facts) : ofLess(facts);
  }

  private static String ofLess(ApprovalCardFacts facts) {
    return switch (facts.state()) {
      case PENDING, HELD -> "The server stays on the network. What is done to it stands below.";
      case ASKED_AGAIN -> "Nothing is done unless somebody answers on the page that it may go on.";
      case GRANTED -> "The server stays on the network.";
      case UNCLEAR -> UNKNOWN;
      default -> facts.actedOn() ? ACTED_ON : "Nothing is done to the server by this request.";
    };
  }

  private static String ofIsolation(ApprovalCardFacts facts) {
    return switch (facts.state()) {
      case PENDING, HELD -> "Full isolation stops all DICOM, HL7 and FHIR traffic of this server until it is released.";
      case ASKED_AGAIN -> "The server is not isolated unless somebody answers on the page that it may go on.";
      case GRANTED -> "During isolation all DICOM, HL7 and FHIR traffic of this server is stopped.";
      case UNCLEAR -> UNKNOWN;
      default -> facts.actedOn() ? ACTED_ON : "DICOM, HL7 and FHIR traffic of this server is not stopped by this request.";
    };
  }

  private static void facts(ArrayNode body, ApprovalCardFacts facts) {
    ArrayNode rows = rows(body);
    row(rows, "Server", facts.machineName());
    row(rows, "Action", facts.actionTitle());
    row(rows, "Why", facts.reason());
    row(rows, "Severity", facts.severity());
    row(rows, "Clinical service", facts.clinicalService());
    row(rows, "Stops meanwhile", facts.stops());
    row(rows, "Procedures", facts.clearance());
    row(rows, "Way back", facts.backout());
    if (facts.windowFrom() != null && facts.windowTo() != null) {
      row(rows, "Window", time(facts.windowFrom(), facts.zone()) + " to " + time(facts.windowTo(), facts.zone()));
    }
    if (facts.backBy() != null) {
      row(rows, "Back by", time(facts.backBy(), facts.zone()));
    }
    if (facts.state() == ApprovalCardFacts.State.ASKED_AGAIN) {
      row(rows, "Answer by", time(facts.decideBy(), facts.zone()));
    }
    if (facts.state().awaitsAnswer()) {
      row(rows, "Decide by", time(facts.decideBy(), facts.zone()));
      row(rows, "Without an answer", "Nothing is done to the server; the next people are asked, or security does something else");
    }
    row(rows, "Request", facts.requestCode());
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
    String plain = value.replaceAll("[^\\p{L}\\p{N} .,;:+/_-]", " ");
    return plain.length() <= MAX_VALUE ? plain : plain.substring(0, MAX_VALUE);
  }
}
