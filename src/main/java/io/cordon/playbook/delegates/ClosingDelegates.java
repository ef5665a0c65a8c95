package io.cordon.playbook.delegates;

import io.cordon.containment.watch.OutOfBandActions;
import java.time.Clock;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What close-case calls: a case does not end while a machine of it is isolated that nobody else answers for. */
@Configuration(proxyBeanMethods = false)
class ClosingDelegates {
  private final OutOfBandActions past;
  private final Clock clock;

  ClosingDelegates(OutOfBandActions past, Clock clock) {
    this.past = past;
    this.clock = clock;
  }

  @Bean
  JavaDelegate lookOutside() {
    return execution -> {
      String caseId = execution.getProcessBusinessKey();
      if ("NEEDS_NONE".equals(execution.getVariable("finding"))) {
        Object asked = execution.getVariable("askedOutsideAt"); // a task of the version before has none
        past.needsNoRelease(caseId, asked == null ? clock.instant() : Instant.parse(asked.toString()));
      }
      boolean isolated = past.standsOnMachinesOf(caseId);
      execution.setVariable("isolatedOutside", isolated);
      if (isolated) {
        execution.setVariable("askedOutsideAt", clock.instant().toString());
        // somebody may be paged from now on, by this reminder or by the one of the case
        execution.setVariable("waited", true);
      }
    };
  }
}
