package io.cordon.playbook.handlers;

import io.cordon.containment.NotTakenException;
import io.cordon.containment.SendResult;
import io.cordon.gate.ExecutionPermit;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import io.cordon.playbook.worker.RetryLaterException;
import java.util.Map;
import java.util.function.Function;

/** Sends what a permit allows, once, and puts Defender's words into ours. */
final class Sending {
  private final Permits permits;

  Sending(Permits permits) {
    this.permits = permits;
  }

  /**
   * As this variable ACCEPTED, REFUSED or AMBIGUOUS, and as another why it was refused. What Defender did not take is sent again
   * under the same permit while there is time.
   */
  Map<String, Object> send(String outcome, ExecutionPermit permit, Function<ExecutionPermit, SendResult> call) {
    try {
      SendResult result = call.apply(permit);
      if (result.kind() == SendResult.Kind.ACCEPTED) {
        permits.accepted(permit.id(), result.mdeActionId());
      }
      String kind = result.kind().name();
      return result.reason() == null ? Map.of(outcome, kind) : Map.of(outcome, kind, "refusal", result.reason());
    } catch (NotTakenException e) {
      permits.notTaken(permit.id());
      throw new RetryLaterException(Patience.capped(e.retryAfter(), permits.timeLeftToSend(permit.notAfter())));
    }
  }

  /** What an earlier run left behind; a permit found in SENDING is never sent again blindly. */
  static String standing(PermitView permit) {
    return switch (permit.state()) {
      case "SENT" -> "ACCEPTED";
      case "SENDING" -> "AMBIGUOUS";
      default -> "NOT_SENT";
    };
  }
}
