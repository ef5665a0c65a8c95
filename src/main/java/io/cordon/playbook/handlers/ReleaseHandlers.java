package io.cordon.playbook.handlers;

import io.cordon.containment.Containment;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.SendResult;
import io.cordon.gate.ExecutionPermit;
import io.cordon.gate.PermitView;
import io.cordon.gate.Permits;
import io.cordon.playbook.worker.RetryLaterException;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.Work;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The topics that bring a machine back. None gives up by itself: the model's timer ends the waiting and asks a person. What
 * became of the permit is written by the model's next step.
 */
@Configuration(proxyBeanMethods = false)
class ReleaseHandlers {
  private static final int READ_BACKS = 2;

  private final Permits permits;
  private final Containment containment;
  private final Turns turns;
  private final Sending sending;
  private final Duration apart;

  ReleaseHandlers(Permits permits, Containment containment, Turns turns, @Value("${cordon.containment.read-back-delay}") Duration apart) {
    this.permits = permits;
    this.containment = containment;
    this.turns = turns;
    this.sending = new Sending(permits);
    this.apart = apart;
  }

  @Bean
  TopicHandler sendRelease() {
    return new Topic("mde.release", work -> {
      PermitView intended = permit(work);
      if ("INTENDED".equals(intended.state())) {
        turns.awaitFirst(intended);
      }
      Optional<ExecutionPermit> permit = permits.beginRelease(intended.id());
      return permit.isPresent() ? sending.send("releaseSend", permit.get(), containment::release) : Map.of("releaseSend", standing(permit(work)));
    });
  }

  /** Nobody sent it and this node may not, since it runs in another mode than the installation: another one does. */
  private static String standing(PermitView permit) {
    if ("INTENDED".equals(permit.state())) {
      throw new RetryLaterException(Patience.AGAIN);
    }
    return Sending.standing(permit);
  }

  @Bean
  TopicHandler pollRelease() {
    return new Topic("mde.pollRelease", work -> Map.of("releaseOutcome", Patience.orMeanwhile(() -> outcome(permit(work)), "PENDING")));
  }

  private String outcome(PermitView permit) {
    if (permit.mdeActionId() == null) {
      return readBack(permit);
    }
    String status = containment.look(permit.mdeActionId()).map(MachineAction::outcome).orElse("PENDING");
    return "CANCELLED".equals(status) ? "FAILED" : status;
  }

  /** A release whose answer was lost: found and adopted, or proven absent and sent once more. */
  private String readBack(PermitView permit) {
    Optional<String> ours = containment.findOurs(permit.mdeDeviceId(), permit.id(), permit.sentAt());
    if (ours.isPresent()) {
      permits.accepted(permit.id(), ours.get());
      return "PENDING";
    }
    boolean absent = permits.countReadBack(permit.id(), apart) >= READ_BACKS && permits.mayResend(permit.id());
    return absent ? "ABSENT" : "PENDING";
  }

  private PermitView permit(Work work) {
    return permits.find(work.text("releasePermitId")).orElseThrow();
  }
}
