package io.cordon.channels.teams;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Everything an approval card may say. Codes and titles only, no text typed by people and no patient data; contract
 * teams-pagerduty, section 1.10.
 *
 * @param reason title of a reason code, or null
 * @param zone in which times are shown
 * @param windowFrom start of the approved window, or null
 * @param windowTo end of the approved window, or null
 * @param pageUrl https address of the approval page; http only on this very machine
 */
public record ApprovalCardFacts(
    String approvalId,
    String requestCode,
    String machineName,
    String clinicalService,
    String actionTitle,
    String severity,
    String reason,
    Instant decideBy,
    ZoneId zone,
    State state,
    Instant windowFrom,
    Instant windowTo,
    String pageUrl) {

  /** Where the approval stands; design section 4. */
  public enum State {
    PENDING,
    GRANTED,
    REJECTED,
    HELD,
    EXPIRED,
    WITHDRAWN,
    VOIDED;

    boolean awaitsAnswer() {
      return this == PENDING || this == HELD;
    }
  }

  public ApprovalCardFacts {
    Objects.requireNonNull(approvalId, "approvalId");
    Objects.requireNonNull(requestCode, "requestCode");
    Objects.requireNonNull(decideBy, "decideBy");
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(state, "state");
    if (pageUrl == null || pageUrl.length() > 1000 || !(pageUrl.startsWith("https://") || pageUrl.startsWith("http://localhost:"))) {
      throw new IllegalArgumentException("The approval page needs an https address");
    }
  }
}
