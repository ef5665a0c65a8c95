package io.cordon.containment.mde;

import java.time.Instant;
import java.util.Set;

/**
 * One machine action, ours or somebody else's. Contract mde, section 3. Types and statuses are text, so that a value
 * unknown today stays visible; an unknown status is never final.
 *
 * @param scope {@code Full} for our isolations; null for actions without one
 * @param comment holds our correlation token when the action is ours; null when absent
 * @param created null when MDE sent none that can be read
 * @param errorHResult 0 for none
 */
public record MachineAction(
    String id,
    String type,
    String status,
    String scope,
    String machineId,
    String requestor,
    String comment,
    Instant created,
    Instant lastUpdate,
    long errorHResult) {
  public static final String ISOLATE = "Isolate";
  public static final String UNISOLATE = "Unisolate";
  public static final String LIVE_RESPONSE = "LiveResponse";

  public static final String PENDING = "Pending";
  public static final String IN_PROGRESS = "InProgress";
  public static final String SUCCEEDED = "Succeeded";
  public static final String FAILED = "Failed";
  public static final String TIME_OUT = "TimeOut";
  public static final String CANCELLED = "Cancelled";

  private static final Set<String> FINAL = Set.of(SUCCEEDED, FAILED, TIME_OUT, CANCELLED);

  public boolean isFinal() {
    return FINAL.contains(status);
  }

  /** How it ended, in Cordon's words: SUCCEEDED, FAILED or CANCELLED; PENDING for whatever is not final. */
  public String outcome() {
    return switch (status) {
      case SUCCEEDED -> "SUCCEEDED";
      case FAILED, TIME_OUT -> "FAILED";
      case CANCELLED -> "CANCELLED";
      default -> "PENDING";
    };
  }

  @Override
  public String toString() {
    return "MachineAction[" + id + ", " + type + ", " + status + ", [raw]]";
  }

  /** Whether this is the id of an action that shadow held back: Defender never heard of it. */
  public static boolean isHeld(String id) {
    return id != null && id.startsWith(HeldActions.PREFIX);
  }
}
