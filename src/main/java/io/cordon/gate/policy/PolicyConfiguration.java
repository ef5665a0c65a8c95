package io.cordon.gate.policy;

import io.cordon.evidence.EvidenceLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

  @Bean
  PolicyBook policyBook(JdbcClient jdbc, Clock clock) {
    return new PolicyBook(jdbc, clock);
  }

  @Bean
  PolicyChanges policyChanges(
      PolicyBook book, PolicyModels models, EvidenceLog evidence, PlatformTransactionManager transactions, MeterRegistry meters) {
    Gauge.builder("cordon.policy.version", book, tables -> tables.inForce().map(PolicyInForce::version).orElse(0))
        .description("Version of the policy table in force")
        .register(meters);
    Gauge.builder("cordon.policy.waiting", book, tables -> tables.waiting().size())
        .description("Policy tables that wait for an administrator")
        .register(meters);
    return new PolicyChanges(book, models, new PolicyEvidence(evidence), new TransactionTemplate(transactions));
  }

  @Bean
  PolicyStart policyStart(PolicyBook book, PolicyModels models, EvidenceLog evidence, PlatformTransactionManager transactions) {
    return new PolicyStart(book, models, new PolicyEvidence(evidence), new TransactionTemplate(transactions));
  }
}
