package io.cordon.channels.sentinel;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalHistory;
import io.cordon.gate.ApprovalHistory.Undone;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Plan;
import io.cordon.platform.phi.PatientDataFound;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.web.util.HtmlUtils;

/**
 * Tells the analysts in Sentinel how a request of their incident ended: one comment a decision and no more, since an incident takes
 * a hundred. Codes and times only; comments are kept for years and shown as HTML.
 */
@Service
public class IncidentComments {
  private static final String SENTINEL = "SENTINEL";
  /** Room is left for the analysts. */
  private static final int OURS = Incidents.MOST / 2;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm z", Locale.ENGLISH);

  private final SentinelSettings settings;
  private final Incidents incidents;
  private final IncidentBook book;
  private final ApprovalHistory history;
  private final EvidenceLog evidence;
  private final ZoneId zone;

  IncidentComments(
      SentinelSettings settings,
      Incidents incidents,
      IncidentBook book,
      ApprovalHistory history,
      EvidenceLog evidence,
      @Value("${cordon.zone:UTC}") ZoneId zone) {
    this.settings = settings;
    this.incidents = incidents;
    this.book = book;
    this.history = history;
    this.evidence = evidence;
    this.zone = zone;
  }

  /** Writes how the request stands on every incident of its case, once for each state it comes to. */
  public void write(ApprovalRequest request, Plan plan) {
    if (!settings.isOn()) {
      return;
    }
    Undone undone = history.undone(request);
    for (UUID incident : book.incidentsOf(request.caseId())) {
      UUID comment = id(incident + "/" + request.id() + "/" + request.state() + (undone == Undone.NO ? "" : "/" + undone));
      if (!book.isWritten(comment)) {
        write(request, plan, undone, incident, comment);
      }
    }
  }

  private void write(ApprovalRequest request, Plan plan, Undone undone, UUID incident, UUID comment) {
    if (book.commentsOn(incident) >= OURS) {
      record(EvidenceType.NOTIFY_FAILED, request, incident, "TOO_MANY_COMMENTS");
      return;
    }
    List<Shortfall> shortfalls = new ArrayList<>();
    try {
      if (settings.activate() && request.state().isLive()) {
        activate(incident).ifPresent(shortfalls::add);
      }
      comment(request, plan, undone, incident, comment).ifPresent(shortfalls::add);
    } catch (SentinelRejected e) {
      book.written(comment, incident, request.id()); // it would be refused again
      record(EvidenceType.NOTIFY_FAILED, request, incident, "REFUSED");
      return;
    }
    book.written(comment, incident, request.id());
    shortfalls.forEach(one -> record(EvidenceType.NOTIFY_FAILED, request, incident, one.what(), one.more()));
    record(EvidenceType.NOTIFY_SENT, request, incident, "COMMENTED");
  }

  /** The net may know the machine's name for something else; the analysts are told all the same, without it. */
  private Optional<Shortfall> comment(ApprovalRequest request, Plan plan, Undone undone, UUID incident, UUID comment) {
    try {
      incidents.comment(incident, comment, text(request, plan, undone));
      return Optional.empty();
    } catch (PatientDataFound e) {
      incidents.comment(incident, comment, "Cordon: " + standing(request, undone) + ids(request));
      return Optional.of(new Shortfall("COMMENTED_BARE", Map.of("rule", e.rule())));
    }
  }

  /**
   * Makes the incident Active. What is written back is Sentinel's own, such as the description and the owner's address, so the net may
   * hold it back, and Sentinel may refuse it; the comment is ours and goes out anyway.
   */
  private Optional<Shortfall> activate(UUID incident) {
    try {
      incidents.activate(incident);
      return Optional.empty();
    } catch (PatientDataFound e) {
      return Optional.of(new Shortfall("HELD_BACK", Map.of("rule", e.rule())));
    } catch (SentinelRejected e) {
      return Optional.of(new Shortfall("NOT_ACTIVATED", Map.of()));
    }
  }

  /** What was not done as wanted, though the comment is there. */
  private record Shortfall(String what, Map<String, Object> more) {}

  private void record(EvidenceType type, ApprovalRequest request, UUID incident, String what) {
    record(type, request, incident, what, Map.of());
  }

  private void record(EvidenceType type, ApprovalRequest request, UUID incident, String what, Map<String, Object> more) {
    Map<String, Object> facts = new HashMap<>(more);
    facts.putAll(
        Map.of("channel", SENTINEL, "what", what, "approval", request.id(), "incident", incident.toString(), "state", request.state().name()));
    evidence.append(EvidenceEvent.ofCase(type, request.caseId(), null, facts));
  }

  private String text(ApprovalRequest request, Plan plan, Undone undone) {
    String what =
        "Cordon, " + deed(plan) + " " + HtmlUtils.htmlEscape(plan.machineName()) + " (" + HtmlUtils.htmlEscape(request.clinicalService()) + "): " + standing(request, undone);
    String window =
        request.state() == ApprovalState.GRANTED && undone == Undone.NO
            ? " It may start between " + time(request.windowFrom()) + " and " + time(request.windowTo()) + "; back by " + time(request.backBy()) + "."
            : "";
    return what + window + ids(request);
  }

  private static String ids(ApprovalRequest request) {
    return " Case " + request.caseId() + ", request " + request.id() + ".";
  }

  private String standing(ApprovalRequest request, Undone undone) {
    return switch (undone) {
      case NO -> state(request) + ".";
      case YES -> "approved, but not done, no action.";
      case UNCLEAR -> "approved, but not done as approved; what became of it: see the case.";
    };
  }

  private static String deed(Plan plan) {
    return switch (plan.action()) {
      case Plan.STOP_PROCESS -> "stop of a process of";
      case Plan.COMPENSATE -> "other protection of";
      default -> "isolation of";
    };
  }

  private String state(ApprovalRequest request) {
    String action = history.wasActedOn(request.id()) ? "; what was already sent: see the case" : ", no action";
    return switch (request.state()) {
      case PENDING -> "Clinical Ops is asked for a maintenance window";
      case HELD -> "on hold, Clinical Ops wants to be asked again";
      case GRANTED -> "approved";
      case REJECTED -> "rejected" + action;
      case EXPIRED -> "nobody answered in time" + action;
      case WITHDRAWN -> "withdrawn" + action;
      case VOIDED -> "no longer valid because the plan changed" + action;
    };
  }

  private String time(Instant instant) {
    return instant == null ? "?" : TIME.format(instant.atZone(zone));
  }

  /** A UUID of version 5 in a name space of our own, so that the same decision has the same id on every node. */
  static UUID id(String name) {
    try {
      byte[] hash = java.security.MessageDigest.getInstance("SHA-1").digest(("cordon.incident-comment:" + name).getBytes(StandardCharsets.UTF_8));
      hash[6] = (byte) (hash[6] & 0x0f | 0x50);
      hash[8] = (byte) (hash[8] & 0x3f | 0x80);
      var bytes = java.nio.ByteBuffer.wrap(hash);
      return new UUID(bytes.getLong(), bytes.getLong());
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-1", e);
    }
  }
}
