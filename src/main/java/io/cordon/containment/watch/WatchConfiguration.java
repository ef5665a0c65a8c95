package io.cordon.containment.watch;

import io.cordon.containment.mde.MdeClient;
import io.cordon.evidence.EvidenceLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class WatchConfiguration {
  @Bean
  WatchTurn watchTurn(JdbcClient jdbc, Clock clock, MeterRegistry meters) {
    WatchTurn turn = new WatchTurn(jdbc, clock);
    TimeGauge.builder("cordon.mde.watch.age",
            () -> turn.lastOk().<Number>map(at -> Duration.between(at, clock.instant()).toSeconds()).orElse(Double.NaN), TimeUnit.SECONDS)
        .register(meters);
    return turn;
  }

  @Bean
  OutOfBandActions outOfBandActions(JdbcClient jdbc, Clock clock, MeterRegistry meters) {
    OutOfBandActions actions = new OutOfBandActions(jdbc, clock);
    Gauge.builder("cordon.mde.out.of.band.isolated", actions, OutOfBandActions::standing).register(meters);
    Gauge.builder("cordon.mde.out.of.band.released", actions, OutOfBandActions::released).register(meters);
    return actions;
  }

  @Bean
  ActionWatch actionWatch(
      MdeClient mde,
      WatchTurn turn,
      OutOfBandActions actions,
      MachineCases cases,
      EvidenceLog evidence,
      TransactionTemplate transaction,
      MeterRegistry meters,
      Clock clock,
      @Value("${cordon.containment.watch.interval}") Duration interval) {
    return new ActionWatch(mde, turn, actions, cases, evidence, transaction, meters, clock, interval);
  }

  /** Off unless told: it needs the right to read all machines. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("cordon.containment.watch.enabled")
  static class Rhythm {
    private final ActionWatch watch;

    Rhythm(ActionWatch watch) {
      this.watch = watch;
    }

    @Scheduled(fixedDelay = 1_000)
    void runDue() {
      watch.runDue();
    }
  }
}
