package io.cordon.alerts;

import io.cordon.evidence.EvidenceLog;
import io.cordon.platform.sealed.SealedStore;
import io.cordon.testing.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The real intake on a real database, without the engine behind it and without places outside for the evidence. */
@ComponentScan(
    basePackages = {"io.cordon.evidence", "io.cordon.platform.sealed", "io.cordon.platform.mode"},
    excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = "io\\.cordon\\.evidence\\.anchors\\..*"))
@Import(AlertsConfiguration.class)
@ImportAutoConfiguration({
  DataSourceAutoConfiguration.class,
  DataSourceTransactionManagerAutoConfiguration.class,
  TransactionAutoConfiguration.class,
  JdbcTemplateAutoConfiguration.class,
  JdbcClientAutoConfiguration.class,
  FlywayAutoConfiguration.class
})
class IntakeOnly {
  @Bean
  Clock clock() {
    return new SettableClock(Instant.parse("2026-03-01T02:00:00Z"));
  }

  @Bean
  Nodes nodes(
      JdbcClient jdbc, Clock clock, CaseBook cases, Quarantine quarantine, SealedStore sealed, EvidenceLog evidence, PlaybookStarter playbooks,
      PlatformTransactionManager transactions) {
    return new Nodes(jdbc, clock, cases, quarantine, sealed, evidence, playbooks, transactions);
  }

  @Bean
  MeterRegistry meters() {
    return new SimpleMeterRegistry();
  }

  @Bean
  PlaybookStarter playbooks() {
    return new PlaybookStarter() {
      @Override
      public void caseOpened(String caseId) {}

      @Override
      public Set<String> working(Collection<String> caseIds) {
        return Set.copyOf(caseIds);
      }

      @Override
      public void graver(String caseId) {}

      @Override
      public void falsePositive(String caseId) {}
    };
  }
}
