package io.cordon.gate.rules;

import io.cordon.evidence.EvidenceLog;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class RulesConfiguration {

  @Bean
  StandingRules standingRules(JdbcClient jdbc, EvidenceLog evidence, Clock clock, PlatformTransactionManager transactions) {
    return new StandingRules(new RuleBook(jdbc, clock), evidence, clock, new TransactionTemplate(transactions));
  }
}
