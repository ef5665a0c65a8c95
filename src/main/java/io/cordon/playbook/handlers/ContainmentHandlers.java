package io.cordon.playbook.handlers;

import io.cordon.containment.Containment;
import io.cordon.containment.ProcessStops;
import io.cordon.containment.SendResult;
import io.cordon.containment.mde.MachineAction;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.ExecutionPermit;
import io.cordon.gate.LastLook;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import io.cordon.gate.Plan;
import io.cordon.gate.PlanTarget;
import io.cordon.gate.Plans;
import io.cordon.playbook.worker.RetryLaterException;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** The topics of perform-action. Each reads the permit first, so that a second run finds what the first did. */
@Configuration(proxyBeanMethods = false)
class ContainmentHandlers {
  private static final int READ_BACKS = 2;
  private static final Duration FRESH = Duration.ofMinutes(2);
  private static final Duration QUOTA_PATIENCE = Duration.ofMinutes(15);

  private final Permits permits;
  private final Containment containment;
  private final OnlineNow online;
  private final ProcessStops stops;
  private final EvidencePump evidence;
  private final LastLook lastLook;
  private final Plans plans;
  private final ApprovalRequests requests;
  private final TransactionTemplate transaction;
  private final Turns turns;
  private final Sending sending;
  private final Clock clock;
  private final Duration apart;

  ContainmentHandlers(
      Permits permits,
      Containment containment,
      OnlineNow online,
      ProcessStops stops,
      EvidencePump evidence,
      LastLook lastLook,
      Plans plans,
      ApprovalRequests requests,
      TransactionTemplate transaction,
      Turns turns,
      Clock clock,
      @Value("${cordon.containment.read-back-delay}") Duration apart) {
    this.permits = permits;
    this.containment = containment;
    this.online = online;
    this.stops = stops;
    this.evidence = evidence;
    this.lastLook = lastLook;
    this.plans = plans;
    this.requests = requests;
    this.transaction = transaction;
    this.turns = turns;
    this.sending = new Sending(permits);
    this.clock = clock;
    this.apart = apart;
  }

  @Bean
  TopicHandler awaitCheckpoint() {
    return new Topic("evidence.checkpoint", work -> {
      Duration left = left(permit(work));
      // with no time left the way goes on to the send, which refuses without a checkpoint and lets go of the machine
      if (!isSigned(work.text("permitId")) && left.compareTo(Duration.ZERO) > 0) {
        throw new RetryLaterException(Patience.capped(Patience.AGAIN, left));
      }
      return Map.of();
    });
  }

  private boolean isSigned(String permitId) {
    try {
      evidence.flush();
    } catch (RuntimeException e) {
      // whatever keeps the signer from signing: without a signature nothing is sent
      return false;
    }
    return permits.isProven(permitId);
  }

  @Bean
  TopicHandler lookForOpenActions() {
    return new Topic("mde.lookup", work -> {
      PermitView permit = permit(work);
      boolean free = !isIntended(permit) || Patience.within(left(permit), () -> isFree(permit)).orElse(true);
      if (free) {
        return Map.of("lookupOutcome", "FREE");
      }
      transaction.executeWithoutResult(status -> permits.settle(permit.id(), "NOT_SENT", EvidenceType.ACTION_RESULT));
      return Map.of("lookupOutcome", "BUSY", "actionOutcome", "FAILED");
    });
  }

  @Bean
  TopicHandler sendIsolation() {
    return new Topic("mde.send", work -> {
      PermitView intended = permit(work);
      if (isIntended(intended) && !isStillReady(work, intended)) {
        return Map.of("sendOutcome", "NOT_SENT");
      }
      if (isIntended(intended)) {
        awaitTheRightTime(intended);
        turns.await(intended);
      }
      Optional<ExecutionPermit> permit = permits.beginSending(intended.id());
      return permit.isPresent() ? sending.send("sendOutcome", permit.get(), deed(intended)) : Map.of("sendOutcome", Sending.standing(permit(work)));
    });
  }

  private Function<ExecutionPermit, SendResult> deed(PermitView permit) {
    return stopsAProcess(permit) ? allowed -> stops.stop(allowed, plans.stopOrder(plan(permit).id())) : containment::isolate;
  }

  private static boolean stopsAProcess(PermitView permit) {
    return Plan.STOP_PROCESS.equals(permit.action());
  }

  private boolean isFree(PermitView permit) {
    return stopsAProcess(permit) ? stops.isFree(permit.mdeDeviceId()) : containment.isFree(permit.mdeDeviceId());
  }

  /** While this node's clock is wrong another one may send, or this one once it is set; at the end of the window nobody. */
  private void awaitTheRightTime(PermitView permit) {
    Duration left = left(permit);
    if (left.compareTo(Duration.ZERO) > 0 && !permits.isOnTime()) {
      throw new RetryLaterException(Patience.capped(Patience.AGAIN, left));
    }
  }

  private static boolean isIntended(PermitView permit) {
    return "INTENDED".equals(permit.state());
  }

  /** The looks before the intent hold for two minutes; whoever waited longer, or is one of several, looks again. */
  private boolean isStillReady(Work work, PermitView permit) {
    boolean fresh = clock.instant().isBefore(lookedAt(work, permit).plus(FRESH));
    if (fresh && plan(permit).machineCount() == 1) {
      return true;
    }
    return (fresh || lastLook.isStillAsSeen(permit.approvalId()))
        && Patience.within(left(permit), () -> isReachable(work, permit) && isFree(permit)).orElse(true);
  }

  /** An intent that could not be written at once comes long after the looks. */
  private static Instant lookedAt(Work work, PermitView permit) {
    return Optional.ofNullable(work.variables().get("lookedAt"))
        .map(at -> Instant.parse(at.toString()))
        .filter(permit.intendedAt()::isAfter)
        .orElse(permit.intendedAt());
  }

  private Plan plan(PermitView permit) {
    return plans.find(requests.find(permit.approvalId()).orElseThrow().planId()).orElseThrow();
  }

  /** An emergency waits at Defender for a machine that is offline; nothing else does. */
  private boolean isReachable(Work work, PermitView permit) {
    return plan(permit).isEmergency() || online.isOnline(work, target(permit));
  }

  private PlanTarget target(PermitView permit) {
    return plans.approved(permit.approvalId()).stream().filter(one -> one.ordinal() == permit.targetOrdinal()).findFirst().orElseThrow();
  }

  @Bean
  TopicHandler readBack() {
    return new Topic("mde.readback", work -> Map.of("readBackOutcome", readBackByTheLastTry(work, permit(work))));
  }

  private String readBackByTheLastTry(Work work, PermitView permit) {
    return Patience.byTheLastTry(work, leftForQuotas(permit), () -> readBack(permit), "UNSURE");
  }

  private String readBack(PermitView permit) {
    Optional<String> ours = containment.findOurs(permit.mdeDeviceId(), permit.id(), permit.sentAt());
    if (ours.isPresent()) {
      permits.accepted(permit.id(), ours.get());
      return "FOUND";
    }
    if (permits.countReadBack(permit.id(), apart) < READ_BACKS) {
      return "AGAIN";
    }
    return permits.mayResend(permit.id()) ? "ABSENT" : "UNSURE";
  }

  @Bean
  TopicHandler poll() {
    return new Topic("mde.poll", work -> {
      PermitView permit = permit(work);
      // a withdrawal that came while the send was under way found nobody listening; it is carried out here
      String status = Patience.orMeanwhile(() -> isWithdrawn(permit) ? cancelNow(permit) : outcome(permit), "PENDING");
      return Map.of("pollOutcome", "PENDING".equals(status) ? "PENDING" : "FINAL", "actionStatus", status);
    });
  }

  private boolean isWithdrawn(PermitView permit) {
    return requests.find(permit.approvalId()).orElseThrow().state() == ApprovalState.WITHDRAWN;
  }

  private String cancelNow(PermitView permit) {
    turns.awaitFirst(permit);
    return cancelled(permit).orElse("PENDING");
  }

  private Optional<String> cancelled(PermitView permit) {
    return stopsAProcess(permit)
        ? stops.cancel(permit.caseId(), permit.id(), permit.mdeActionId())
        : containment.cancel(permit.mdeActionId(), permit.id()).map(MachineAction::outcome);
  }

  private String outcome(PermitView permit) {
    return containment.look(permit.mdeActionId()).map(action -> outcome(permit, action)).orElse("PENDING");
  }

  private String outcome(PermitView permit, MachineAction action) {
    return stopsAProcess(permit) ? stops.outcome(permit.caseId(), permit.id(), action) : action.outcome();
  }

  @Bean
  TopicHandler cancel() {
    return new Topic("mde.cancel", work -> {
      PermitView permit = permit(work);
      turns.awaitFirst(permit);
      String outcome = Patience.byTheLastTry(
          work, leftForQuotas(permit), () -> cancelled(permit).orElse("UNKNOWN"), "UNKNOWN");
      return Map.of("cancelOutcome", switch (outcome) {
        case "CANCELLED", "FAILED" -> "CANCELLED";
        case "SUCCEEDED" -> "RAN_AFTER_ALL";
        default -> "UNKNOWN";
      });
    });
  }

  /** Once a window is over for so long, a person is asked rather than a quota waited for. */
  private Duration leftForQuotas(PermitView permit) {
    return Duration.between(clock.instant(), permit.notAfter().plus(QUOTA_PATIENCE));
  }

  private Duration left(PermitView permit) {
    return permits.timeLeftToSend(permit.notAfter());
  }

  private PermitView permit(Work work) {
    return permits.find(work.text("permitId")).orElseThrow();
  }
}
