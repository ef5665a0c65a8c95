package io.cordon.containment;

import io.cordon.containment.mde.ActionComment;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.mde.MdeAmbiguous;
import io.cordon.containment.mde.MdeClient;
import io.cordon.containment.mde.MdeRefused;
import io.cordon.containment.mde.MdeThrottled;
import io.cordon.containment.mde.MdeUnavailable;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ExecutionPermit;
import io.cordon.platform.phi.PatientDataFound;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Isolates and releases a machine through Defender for Endpoint. A permit is the only way in. An answer is believed only
 * when it carries our token; without an answer the truth is read back, never assumed.
 */
public class Containment {
  private static final Duration RETRY_DEFAULT = Duration.ofSeconds(10);
  private static final Duration CLOCK_DOUBT = Duration.ofMinutes(5);

  private final MdeClient mde;
  private final EvidenceLog evidence;
  private final Clock clock;

  Containment(MdeClient mde, EvidenceLog evidence, Clock clock) {
    this.mde = mde;
    this.evidence = evidence;
    this.clock = clock;
  }

  /** Sends a full isolation. @throws NotTakenException when it may simply be sent again */
  public SendResult isolate(ExecutionPermit permit) {
    return send(permit, mde::isolate, "isolate");
  }

  /** Sends a release. @throws NotTakenException when it may simply be sent again */
  public SendResult release(ExecutionPermit permit) {
    return send(permit, mde::unisolate, "release");
  }

  /** Makes one call under a permit; an answer counts when it carries our token. @throws NotTakenException when it may simply be sent again */
  SendResult send(ExecutionPermit permit, BiFunction<String, String, MachineAction> call, String deed) {
    if (!clock.instant().isBefore(permit.sendBefore())) {
      return SendResult.ambiguous();
    }
    try {
      MachineAction action = withComment(permit.id(), deed, comment -> call.apply(permit.mdeDeviceId(), comment));
      // Defender may answer with somebody else's pending action; that is not ours to claim
      return ActionComment.carries(action.comment(), permit.id()) ? SendResult.accepted(action.id()) : SendResult.ambiguous();
    } catch (MdeThrottled e) {
      throw new NotTakenException(e.retryAfter());
    } catch (MdeUnavailable e) {
      throw new NotTakenException(RETRY_DEFAULT);
    } catch (MdeRefused e) {
      return e.alreadyInProgress() ? SendResult.ambiguous() : SendResult.refused(e.code());
    } catch (MdeAmbiguous e) {
      return SendResult.ambiguous();
    } catch (PatientDataFound e) {
      return SendResult.refused(SendResult.HELD_BACK);
    }
  }

  /** Calls with our comment, or with the bare token if the net for patient data holds the comment back. */
  private MachineAction withComment(String permitId, String deed, Function<String, MachineAction> call) {
    try {
      return call.apply(ActionComment.of(permitId, deed));
    } catch (PatientDataFound e) {
      evidence.append(
          EvidenceEvent.ofSystem(EvidenceType.NOTIFY_FAILED, Map.of("channel", "MDE", "permit", permitId, "rule", e.rule())));
      return call.apply(ActionComment.of(permitId));
    }
  }

  /** Whether no isolation or release of anybody is open on this machine. */
  public boolean isFree(String mdeDeviceId) {
    return openOn(mdeDeviceId).noneMatch(action -> MachineAction.ISOLATE.equals(action.type()) || MachineAction.UNISOLATE.equals(action.type()));
  }

  /** Whatever anybody has open on this machine. */
  Stream<MachineAction> openOn(String mdeDeviceId) {
    return mde.actionsOf(mdeDeviceId, clock.instant().minus(Duration.ofDays(4))).stream().filter(action -> !action.isFinal());
  }

  /** The action that carries our token, if Defender has it. */
  public Optional<String> findOurs(String mdeDeviceId, String permitId, Instant sentAt) {
    return allOurs(mdeDeviceId, permitId, sentAt).stream().map(MachineAction::id).findFirst();
  }

  /** Every action that carries our token: a send that got lost may turn up beside the one that was sent again. */
  public List<MachineAction> allOurs(String mdeDeviceId, String permitId, Instant sentAt) {
    return mde.actionsOf(mdeDeviceId, sentAt.minus(CLOCK_DOUBT)).stream().filter(action -> ActionComment.carries(action.comment(), permitId)).toList();
  }

  /** The status of an action as Defender words it, empty when Defender does not know it (yet). */
  public Optional<MachineAction> look(String mdeActionId) {
    return mde.action(mdeActionId);
  }

  /** Asks Defender to cancel, then reads back; the answer is the action as it stands now. */
  public Optional<MachineAction> cancel(String mdeActionId, String permitId) {
    try {
      withComment(permitId, "cancel", comment -> mde.cancel(mdeActionId, comment));
    } catch (MdeRefused | MdeAmbiguous | PatientDataFound e) {
      // a final action cannot be cancelled, a lost answer tells nothing: the read below settles it
    }
    return mde.action(mdeActionId);
  }

  /** Whether the machine is onboarded and its sensor active, as Defender says now. */
  public boolean isReachable(String mdeDeviceId) {
    return mde.machine(mdeDeviceId)
        .filter(machine -> "Onboarded".equalsIgnoreCase(machine.onboardingStatus()))
        .filter(machine -> "Active".equalsIgnoreCase(machine.healthStatus()))
        // another record stands for the machine now, and nobody approved that one
        .filter(machine -> machine.mergedIntoMachineId() == null)
        .isPresent();
  }
}
