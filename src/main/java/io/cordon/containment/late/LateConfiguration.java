package io.cordon.containment.late;

import io.cordon.containment.Containment;
import io.cordon.containment.watch.ActionWatch;
import io.cordon.evidence.EvidenceLog;
import io.cordon.gate.ModeState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class LateConfiguration {
  @Bean
  UnclearPermits unclearPermits(JdbcClient jdbc, Clock clock, MeterRegistry meters) {
    UnclearPermits permits = new UnclearPermits(jdbc, clock);
    Gauge.builder("cordon.late.open", permits, UnclearPermits::open).register(meters);
    return permits;
  }

  @Bean
  LateActions lateActions(
      UnclearPermits permits,
      Containment containment,
      ActionWatch watch,
      ModeState mode,
      EvidenceLog evidence,
      TransactionTemplate transaction,
      MeterRegistry meters,
      Clock clock) {
    return new LateActions(permits, containment, watch, mode, evidence, transaction, meters, clock);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("cordon.containment.late.enabled")
  static class Rhythm {
    private final LateActions late;
    private final ActionWatch watch;

    Rhythm(LateActions late, ActionWatch watch) {
      this.late = late;
      this.watch = watch;
    }

    @Scheduled(fixedDelay = 10_000)
    void runDue() {
      late.runDue();
      watch.lookAtStanding();
    }
  }
}
