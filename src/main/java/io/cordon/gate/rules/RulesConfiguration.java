package io.cordon.gate.rules;

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
class RulesConfiguration {

  @Bean
  StandingRules standingRules(JdbcClient jdbc, EvidenceLog evidence, Clock clock, PlatformTransactionManager transactions, MeterRegistry meters) {
    RuleBook book = new RuleBook(jdbc, clock);
    Gauge.builder("cordon.rules.live", book, rules -> rules.liveFor("ISOLATE").size()).description("Standing rules by which machines are isolated").register(meters);
    return new StandingRules(book, evidence, clock, new TransactionTemplate(transactions));
  }
}
