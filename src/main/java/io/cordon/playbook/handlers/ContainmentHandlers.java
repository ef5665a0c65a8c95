package io.cordon.playbook.handlers;

import io.cordon.containment.Containment;
import io.cordon.containment.NotTakenException;
import io.cordon.containment.SendResult;
import io.cordon.containment.mde.MachineAction;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.ExecutionPermit;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import io.cordon.gate.Plans;
import io.cordon.playbook.worker.RetryLaterException;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** The topics of perform-action and release-host. Each reads the permit first, so that a second run finds what the first did. */
@Configuration(proxyBeanMethods = false)
class ContainmentHandlers {
  private static final int READ_BACKS = 2;

  private final Permits permits;
  private final Containment containment;
  private final EvidencePump evidence;
  private final Plans plans;
  private final ApprovalRequests requests;
  private final TransactionTemplate transaction;
  private final Duration apart;

  ContainmentHandlers(
      Permits permits,
      Containment containment,
      EvidencePump evidence,
      Plans plans,
      ApprovalRequests requests,
      TransactionTemplate transaction,
      @Value("${cordon.containment.read-back-delay}") Duration apart) {
    this.permits = permits;
    this.containment = containment;
    this.evidence = evidence;
    this.plans = plans;
    this.requests = requests;
    this.transaction = transaction;
    this.apart = apart;
  }

  @Bean
  TopicHandler awaitCheckpoint() {
    return topic("evidence.checkpoint", work -> {
      evidence.flush();
      if (!permits.isProven(work.text("permitId"))) {
        throw new IllegalStateException("the intent is in no signed checkpoint yet");
      }
      return Map.of();
    });
  }

  @Bean
  TopicHandler lookForOpenActions() {
    return topic("mde.lookup", work -> {
      PermitView permit = permit(work);
      // as above
      boolean free = !"INTENDED".equals(permit.state()) || Patience.within(left(permit), () -> containment.isFree(permit.mdeDeviceId())).orElse(true);
      if (free) {
        return Map.of("lookupOutcome", "FREE");
      }
      transaction.executeWithoutResult(status -> permits.settle(permit.id(), "NOT_SENT", EvidenceType.ACTION_RESULT));
      return Map.of("lookupOutcome", "BUSY", "actionOutcome", "FAILED");
    });
  }

  @Bean
  TopicHandler recheck() {
    return topic("assets.recheck", work -> {
      ApprovalRequest approval = requests.find(work.text("approvalId")).orElseThrow();
      String machine = plans.find(work.text("planId")).orElseThrow().mdeDeviceId();
      // with no time left nobody needs to know: the send will refuse, and the log says so
      boolean ready =
          approval.state() == ApprovalState.GRANTED
              && Patience.within(permits.timeLeftToSend(approval.windowTo()), () -> containment.isReachable(machine)).orElse(true);
      return Map.of("recheckOutcome", ready ? "READY" : "CHANGED");
    });
  }

  @Bean
  TopicHandler sendIsolation() {
    return topic("mde.send", work -> {
      Optional<ExecutionPermit> permit = permits.beginSending(work.text("permitId"));
      return Map.of("sendOutcome", permit.isPresent() ? send(permit.get(), containment::isolate) : standing(work));
    });
  }

  @Bean
  TopicHandler sendRelease() {
    return topic("mde.release", work -> {
      Optional<ExecutionPermit> permit = permits.beginRelease(work.text("releasePermitId"));
      String outcome = permit.isPresent() ? send(permit.get(), containment::release) : standing(permits.find(work.text("releasePermitId")).orElseThrow());
      if (SendResult.Kind.REFUSED.name().equals(outcome)) {
        settleRelease(permits.find(work.text("releasePermitId")).orElseThrow(), "REFUSED");
      }
      return Map.of("releaseSend", outcome);
    });
  }

  private String send(ExecutionPermit permit, Function<ExecutionPermit, SendResult> call) {
    try {
      SendResult result = call.apply(permit);
      if (result.kind() == SendResult.Kind.ACCEPTED) {
        permits.accepted(permit.id(), result.mdeActionId());
      }
      return result.kind().name();
    } catch (NotTakenException e) {
      permits.notTaken(permit.id());
      throw new RetryLaterException(Patience.capped(e.retryAfter(), permits.timeLeftToSend(permit.notAfter())));
    }
  }

  private String standing(Work work) {
    return standing(permit(work));
  }

  /** What an earlier run left behind; a permit found in SENDING is never sent again blindly. */
  private static String standing(PermitView permit) {
    return switch (permit.state()) {
      case "SENT" -> "ACCEPTED";
      case "SENDING" -> "AMBIGUOUS";
      default -> "NOT_SENT";
    };
  }

  @Bean
  TopicHandler readBack() {
    return topic("mde.readback", work -> Map.of("readBackOutcome", Patience.byTheLastTry(work, () -> readBack(permit(work)), "UNSURE")));
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
    return topic("mde.poll", work -> {
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
    return containment.cancel(permit.mdeActionId(), permit.id()).map(ContainmentHandlers::outcome).orElse("PENDING");
  }

  @Bean
  TopicHandler pollRelease() {
    return topic("mde.pollRelease", work -> {
      PermitView permit = permits.find(work.text("releasePermitId")).orElseThrow();
      String outcome = releaseOutcome(permit);
      if ("PENDING".equals(outcome) || "SUCCEEDED".equals(outcome)) {
        return Map.of("releaseOutcome", outcome);
      }
      settleRelease(permit, "FAILED");
      return Map.of("releaseOutcome", "FAILED");
    });
  }

  /** A release that Defender did not do is final here; the machine is then released by hand. */
  private void settleRelease(PermitView permit, String state) {
    transaction.executeWithoutResult(status -> permits.settle(permit.id(), state, EvidenceType.RELEASE_RESULT));
  }

  private String releaseOutcome(PermitView permit) {
    if (permit.mdeActionId() == null) {
      containment.findOurs(permit.mdeDeviceId(), permit.id(), permit.sentAt()).ifPresent(found -> permits.accepted(permit.id(), found));
      return permits.countReadBack(permit.id(), apart) < 24 ? "PENDING" : "FAILED";
    }
    return outcome(permit);
  }

  private String outcome(PermitView permit) {
    return containment.look(permit.mdeActionId()).map(ContainmentHandlers::outcome).orElse("PENDING");
  }

  private static String outcome(MachineAction action) {
    return switch (action.status()) {
      case MachineAction.SUCCEEDED -> "SUCCEEDED";
      case MachineAction.FAILED, MachineAction.TIME_OUT -> "FAILED";
      case MachineAction.CANCELLED -> "CANCELLED";
      default -> "PENDING";
    };
  }

  @Bean
  TopicHandler cancel() {
    return topic("mde.cancel", work -> {
      PermitView permit = permit(work);
      String outcome = Patience.byTheLastTry(
          work, () -> containment.cancel(permit.mdeActionId(), permit.id()).map(ContainmentHandlers::outcome).orElse("UNKNOWN"), "UNKNOWN");
      return Map.of("cancelOutcome", switch (outcome) {
        case "CANCELLED", "FAILED" -> "CANCELLED";
        case "SUCCEEDED" -> "RAN_AFTER_ALL";
        default -> "UNKNOWN";
      });
    });
  }

  private Duration left(PermitView permit) {
    return permits.timeLeftToSend(permit.notAfter());
  }

  private PermitView permit(Work work) {
    return permits.find(work.text("permitId")).orElseThrow();
  }

  private static TopicHandler topic(String name, Function<Work, Map<String, Object>> deed) {
    return new TopicHandler() {
      @Override
      public String topic() {
        return name;
      }

      @Override
      public Map<String, Object> handle(Work work) {
        return deed.apply(work);
      }
    };
  }
}
