package io.cordon.alerts;

import io.cordon.evidence.EvidenceLog;
import io.cordon.platform.sealed.SealedStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class AlertsConfiguration {
  @Bean
  CaseBook caseBook(JdbcClient jdbc, Clock clock) {
    return new CaseBook(jdbc, clock);
  }

  @Bean
  CaseSearch caseSearch(JdbcClient jdbc) {
    return new CaseSearch(jdbc);
  }

  @Bean
  Quarantine quarantine(JdbcClient jdbc, SealedStore sealed, EvidenceLog evidence, Clock clock) {
    return new Quarantine(jdbc, sealed, evidence, clock);
  }

  @Bean
  NamedProcesses namedProcesses(JdbcClient jdbc) {
    return new NamedProcesses(jdbc);
  }

  @Bean
  CaseOpening caseOpening(JdbcClient jdbc, CaseBook cases, PlaybookStarter playbooks, EvidenceLog evidence, PlatformTransactionManager transactions) {
    return new CaseOpening(cases, new NameLocks(jdbc), playbooks, evidence, new TransactionTemplate(transactions));
  }

  @Bean
  AlertIntake alertIntake(
      JdbcClient jdbc,
      Clock clock,
      CaseBook cases,
      NamedProcesses processes,
      Quarantine quarantine,
      SealedStore sealed,
      EvidenceLog evidence,
      PlaybookStarter playbooks,
      PlatformTransactionManager transactions,
      MeterRegistry registry) {
    AlertBook alerts = new AlertBook(jdbc, clock);
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    IntakeRecord record = new IntakeRecord(alerts, processes, sealed, evidence);
    IntakeTurn turn = new IntakeTurn(new NameLocks(jdbc), alerts, cases, record, playbooks, transaction);
    return new AlertIntake(turn, quarantine, sealed, transaction, new IntakeMeters(registry));
  }
}
