package io.cordon.containment;

import io.cordon.containment.mde.MdeClient;
import io.cordon.evidence.EvidenceLog;
import io.cordon.platform.sealed.SealedStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StopSettings.class)
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
  SessionBudget sessionBudget(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
    return new SessionBudget(jdbc, transaction, clock);
  }

  @Bean
  StopResults stopResults(JdbcClient jdbc, SealedStore sealed, Clock clock, TransactionTemplate transaction) {
    return new StopResults(jdbc, sealed, clock, transaction);
  }

  @Bean
  ProcessStops processStops(Containment containment, MdeClient mde, StopResults results, StopSettings settings) {
    return new ProcessStops(containment, mde, results, settings);
  }

  @Bean
  CallOrder callOrder(@Value("${cordon.containment.most-critical-first:EHR,PACS,FHIR}") List<String> services) {
    return new CallOrder(services);
  }
}
