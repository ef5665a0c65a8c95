package io.cordon.gate.explorer;

import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.PlaybookSignals;
import io.cordon.gate.clearance.ClinicalClearance;
import io.cordon.gate.clearance.PlayedFeed;
import io.cordon.platform.people.Person;
import io.cordon.platform.time.DatabaseTime;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The real gate, containment and its steps on a real database, with no engine behind: whatever calls them stands for any playbook. Made as it is needed. */
@ComponentScan({"io.cordon.platform", "io.cordon.evidence", "io.cordon.assets", "io.cordon.gate", "io.cordon.containment", "io.cordon.playbook.handlers"})
@ImportAutoConfiguration({
  DataSourceAutoConfiguration.class,
  JdbcTemplateAutoConfiguration.class,
  JdbcClientAutoConfiguration.class,
  TransactionAutoConfiguration.class,
  FlywayAutoConfiguration.class
})
class GateOnly {
  @Bean
  PlatformTransactionManager transactions(DataSource database) {
    return new NestedTransactions(new JdbcTransactionManager(database));
  }

  @Bean
  @Primary
  SettableClock settableClock() {
    return new SettableClock(GateWorld.START);
  }

  @Bean
  @Primary
  DatabaseTime playedDatabaseTime(SettableClock clock) {
    return clock::databaseNow;
  }

  @Bean
  MeterRegistry meters() {
    return new SimpleMeterRegistry();
  }

  @Bean
  @Primary
  OutsideWorld outsideWorld() {
    return new OutsideWorld();
  }

  @Bean
  PlayedFeed clinicalFeed() {
    return new PlayedFeed();
  }

  @Bean
  @Primary
  ClinicalClearance playedClearance(PlayedFeed feed, BeanFactory beans) {
    return feed.clearance(beans);
  }

  @Bean
  DyingPlaybooks playbooks() {
    return new DyingPlaybooks();
  }

  /** Nobody listens; when told so, the node dies at this moment, before the commit. */
  static final class DyingPlaybooks implements PlaybookSignals {
    boolean die;

    private void perhapsDie() {
      if (die) {
        throw new Death();
      }
    }

    @Override
    public void answered(ApprovalRequest request, Person person) {
      perhapsDie();
    }

    @Override
    public void waitsForSecond(ApprovalRequest request) {
      perhapsDie();
    }

    @Override
    public boolean answeredAgain(ApprovalRequest request, Person person) {
      perhapsDie();
      return true;
    }

    @Override
    public void withdrawn(ApprovalRequest request, Person person, boolean falseAlarm) {
      perhapsDie();
    }
  }

  /** The end of a node in the middle of its work. */
  static final class Death extends RuntimeException {}
}
