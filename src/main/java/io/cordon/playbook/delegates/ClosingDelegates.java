package io.cordon.playbook.delegates;

import io.cordon.containment.watch.OutOfBandActions;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What close-case calls: a case does not end while a machine of it is isolated that nobody else answers for. */
@Configuration(proxyBeanMethods = false)
class ClosingDelegates {
  private final OutOfBandActions past;

  ClosingDelegates(OutOfBandActions past) {
    this.past = past;
  }

  @Bean
  JavaDelegate lookOutside() {
    return execution -> {
      String caseId = execution.getProcessBusinessKey();
      if ("NEEDS_NONE".equals(execution.getVariable("finding"))) {
        past.needsNoRelease(caseId);
      }
      boolean isolated = past.standsOnMachinesOf(caseId);
      execution.setVariable("isolatedOutside", isolated);
      if (isolated) {
        // somebody may be paged from now on, by this reminder or by the one of the case
        execution.setVariable("waited", true);
      }
    };
  }
}
