package io.cordon.containment;

import io.cordon.containment.mde.MdeClient;
import io.cordon.evidence.EvidenceLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ContainmentConfiguration {
  @Bean
  Containment containment(MdeClient mde, EvidenceLog evidence, Clock clock) {
    return new Containment(mde, evidence, clock);
  }

  @Bean
  CallBudget callBudget(JdbcClient jdbc, TransactionTemplate transaction, Clock clock, MeterRegistry meters) {
    return new CallBudget(jdbc, transaction, clock, meters.counter("cordon.mde.calls.waited"));
  }

  @Bean
  CallOrder callOrder(@Value("${cordon.containment.most-critical-first:EHR,PACS,FHIR}") List<String> services) {
    return new CallOrder(services);
  }
}
