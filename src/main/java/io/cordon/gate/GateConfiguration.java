package io.cordon.gate;

import io.cordon.assets.register.AssetRegister;
import io.cordon.evidence.EvidenceLog;
import io.cordon.gate.clearance.ClinicalClearance;
import io.cordon.gate.rules.StandingRules;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.gate.windows.WindowLimits;
import io.cordon.platform.azure.EntraPeople;
import io.cordon.platform.sealed.SealedStore;
import io.cordon.platform.mode.OperatingMode;
import io.cordon.platform.time.ClockSkew;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GateProperties.class)
class GateConfiguration {
  @Bean
  Plans plans(JdbcClient jdbc, Clock clock, EvidenceLog evidence) {
    return new Plans(jdbc, clock, evidence);
  }

  @Bean
  ApprovalRequests approvalRequests(JdbcClient jdbc) {
    return new ApprovalRequests(jdbc);
  }

  @Bean
  ApprovalHistory approvalHistory(JdbcClient jdbc, Plans plans, Clock clock) {
    return new ApprovalHistory(jdbc, plans, clock);
  }

  @Bean
  ActionsOnCases actionsOnCases(JdbcClient jdbc) {
    return new ActionsOnCases(jdbc);
  }

  @Bean
  OwnQuestions ownQuestions(JdbcClient jdbc, GateProperties properties) {
    return new OwnQuestions(jdbc, properties.clinicalServices());
  }

  @Bean
  ApprovalDesk approvalDesk(ApprovalRequests requests, EvidenceLog evidence, GateProperties properties, Clock clock) {
    return new ApprovalDesk(requests, evidence, properties.clinicalServices(), clock);
  }

  @Bean
  OutbreakBrake outbreakBrake(JdbcClient jdbc, GateProperties properties) {
    return new OutbreakBrake(jdbc, properties.mostAtOnce());
  }

  @Bean
  StandingGrants standingGrants(
      StandingRules rules,
      AssetRegister register,
      ApprovalRequests requests,
      MaintenanceWindows windows,
      OutbreakBrake brake,
      JdbcClient jdbc,
      EvidenceLog evidence,
      Clock clock,
      MeterRegistry meters) {
    return new StandingGrants(rules, register, requests, windows, brake, jdbc, evidence, clock, meters);
  }

  @Bean
  ApproverDirectory approverDirectory(EntraPeople people, GateProperties properties, Clock clock, MeterRegistry meters) {
    return new ApproverDirectoryEntra(people, properties, clock, meters);
  }

  @Bean
  Permits permits(
      JdbcClient jdbc, Plans plans, EvidenceLog evidence, Clock clock, PlatformTransactionManager transactions, WindowLimits limits,
      ClockSkew skew, OperatingMode mode) {
    return new Permits(jdbc, plans, evidence, clock, new TransactionTemplate(transactions), limits, skew, mode);
  }

  @Bean
  ModeChange modeChange(OperatingMode mode, JdbcClient jdbc, EvidenceLog evidence, Clock clock, PlatformTransactionManager transactions) {
    return new ModeChange(mode, jdbc, evidence, clock, new TransactionTemplate(transactions));
  }

  @Bean
  ModeState modeState(OperatingMode mode, JdbcClient jdbc) {
    return new ModeState(mode, jdbc);
  }

  @Bean
  HealthIndicator modeHealthIndicator(ModeState mode) {
    return new ModeHealth(mode);
  }

  @Bean
  Reachability reachability(JdbcClient jdbc, EvidenceLog evidence, Clock clock, PlatformTransactionManager transactions, MeterRegistry meters) {
    Reachability reach = new Reachability(jdbc, evidence, clock, new TransactionTemplate(transactions));
    Gauge.builder("cordon.requests.unreached", reach, Reachability::unreached)
        .description("Waiting requests of which nobody could be told over any channel")
        .register(meters);
    return reach;
  }

  @Bean
  OpenQuestions openQuestions(ApprovalRequests requests, Permits permits, EvidenceLog evidence, Clock clock) {
    return new OpenQuestions(requests, permits, evidence, clock);
  }

  @Bean
  BreakGlass breakGlass(
      ApprovalRequests requests, Reachability reach, JdbcClient jdbc, EvidenceLog evidence, Clock clock, MeterRegistry meters) {
    BreakGlass glass = new BreakGlass(requests, reach, jdbc, evidence, clock);
    Gauge.builder("cordon.emergencies", glass, BreakGlass::inThirtyDays).description("Emergency containments of the last thirty days").register(meters);
    return glass;
  }

  @Bean
  DecisionService clinicalDecisions(
      ApprovalRequests requests,
      JdbcClient jdbc,
      Plans plans,
      ApproverDirectory directory,
      SealedStore sealed,
      EvidenceLog evidence,
      PlaybookSignals playbooks,
      MaintenanceWindows windows,
      OutbreakBrake brake,
      GateProperties properties,
      Clock clock,
      PlatformTransactionManager transactions) {
    return new DecisionService(
        requests, new ApprovalDecisions(jdbc), new ApprovalBasis(jdbc), plans, directory, sealed, evidence, playbooks, windows, brake, properties, clock,
        new TransactionTemplate(transactions));
  }

  @Bean
  LastLook lastLook(
      ApprovalRequests requests,
      Plans plans,
      JdbcClient jdbc,
      MaintenanceWindows windows,
      ClinicalClearance clearance,
      EvidenceLog evidence,
      Clock clock,
      GateProperties properties,
      PlatformTransactionManager transactions) {
    return new LastLook(
        requests, plans, new ApprovalBasis(jdbc), new LastQuestionBook(jdbc), windows, clearance, evidence, clock,
        Duration.ofMinutes(properties.lastAnswerMinutes()), new TransactionTemplate(transactions));
  }

  @Bean
  LastAnswer lastAnswer(
      ApprovalRequests requests,
      JdbcClient jdbc,
      DecisionService decisions,
      ClinicalClearance clearance,
      MaintenanceWindows windows,
      PlaybookSignals playbooks,
      EvidenceLog evidence,
      Clock clock,
      PlatformTransactionManager transactions) {
    return new LastAnswer(
        requests, new LastQuestionBook(jdbc), new ApprovalBasis(jdbc), decisions, clearance, windows, playbooks, evidence, clock,
        new TransactionTemplate(transactions));
  }

  @Bean
  Withdrawal withdrawal(
      ApprovalRequests requests,
      Plans plans,
      Permits permits,
      ApprovalHistory history,
      JdbcClient jdbc,
      EvidenceLog evidence,
      PlaybookSignals playbooks,
      Clock clock,
      PlatformTransactionManager transactions) {
    return new Withdrawal(requests, plans, permits, history, jdbc, evidence, playbooks, clock, new TransactionTemplate(transactions));
  }
}
