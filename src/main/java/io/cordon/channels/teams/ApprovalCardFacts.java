package io.cordon.channels.teams;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Everything an approval card may say. Codes and titles only, no text typed by people and no patient data; contract
 * teams-pagerduty, section 1.10.
 *
 * @param requestRevision the question this card asks; an answer to an older one does not count
 * @param isolates whether the server is taken off the network
 * @param reason title of a reason code, or null
 * @param stops what the clinical service loses meanwhile, or null
 * @param backout how the machine comes back, or null
 * @param clearance what is known of running procedures, or null
 * @param zone in which times are shown
 * @param windowFrom start of the approved window, or null
 * @param windowTo end of the approved window, or null
 * @param backBy when the service is expected back, or null
 * @param pageUrl https address of the approval page; http only on this very machine
 * @param actedOn whether something of it reached a server, or may have
 */
public record ApprovalCardFacts(
    String approvalId,
    int requestRevision,
    String requestCode,
    String machineName,
    String clinicalService,
    String actionTitle,
    boolean isolates,
    String severity,
    String reason,
    String stops,
    String backout,
    String clearance,
    Instant decideBy,
    ZoneId zone,
    State state,
    Instant windowFrom,
    Instant windowTo,
    Instant backBy,
    Answering answering,
    String pageUrl,
    boolean actedOn) {

  /** Where the approval stands; design section 4. */
  public enum State {
    PENDING,
    GRANTED,
    /** Approved, and nothing came of it. */
    UNDONE,
    /** Approved, and not known whether something came of it after all. */
    UNCLEAR,
    /** Approved, and worse since: asked once more, on the page only. */
    ASKED_AGAIN,
    REJECTED,
    HELD,
    EXPIRED,
    WITHDRAWN,
    VOIDED;

    boolean awaitsAnswer() {
      return this == PENDING || this == HELD;
    }
  }

  /** How an answer can be given on the card. */
  public enum Answering {
    /** Only on the approval page, and nothing comes back from Teams. */
    PAGE,
    /** Only on the approval page, since the policy wants to be surer of the person; Teams may ask for a fresh card. */
    PAGE_AFTER_SIGN_IN,
    /** With buttons and a choice of the window. */
    BUTTONS,
    /** With buttons; somebody already chose the window and a second person agrees to it. */
    BUTTONS_OF_SECOND;

    boolean hasButtons() {
      return this == BUTTONS || this == BUTTONS_OF_SECOND;
    }
  }

  public ApprovalCardFacts {
    Objects.requireNonNull(approvalId, "approvalId");
    Objects.requireNonNull(requestCode, "requestCode");
    Objects.requireNonNull(decideBy, "decideBy");
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(answering, "answering");
    if (pageUrl == null || pageUrl.length() > 1000 || !(pageUrl.startsWith("https://") || pageUrl.startsWith("http://localhost:"))) {
      throw new IllegalArgumentException("The approval page needs an https address");
    }
  }

  /** The same for somebody who may not answer: what is asked and the link, no buttons. */
  public ApprovalCardFacts withoutButtons() {
    return new ApprovalCardFacts(
        approvalId, requestRevision, requestCode, machineName, clinicalService, actionTitle, isolates, severity, reason, stops, backout, clearance,
        decideBy, zone, state, windowFrom, windowTo, backBy, answering.hasButtons() ? Answering.PAGE_AFTER_SIGN_IN : answering, pageUrl, actedOn);
  }
}
