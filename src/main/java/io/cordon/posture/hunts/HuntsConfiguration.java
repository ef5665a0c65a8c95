package io.cordon.posture.hunts;

import io.cordon.evidence.EvidenceLog;
import io.cordon.platform.azure.Hunting;
import io.cordon.platform.database.Claims;
import io.cordon.platform.sealed.SealedStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HuntsProperties.class)
class HuntsConfiguration {
  @Bean
  ActionHunts actionHunts(JdbcClient jdbc, HuntsProperties settings, Clock clock) {
    return new ActionHunts(jdbc, settings, clock);
  }

  @Bean
  HuntRounds huntRounds(
      ActionHunts hunts, Hunting graph, SealedStore sealed, EvidenceLog evidence, TransactionTemplate transaction, MeterRegistry meters, JdbcClient jdbc, Clock clock) {
    return new HuntRounds(hunts, new Claims(jdbc, clock, "action_hunt", "id"), graph, sealed, evidence, transaction, meters, clock);
  }

  /** Off unless told: it needs the right to hunt. No faster than lets others use the 45 calls a minute and tenant too. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("cordon.hunts.enabled")
  static class Rhythm {
    private final HuntRounds rounds;

    Rhythm(HuntRounds rounds) {
      this.rounds = rounds;
    }

    @Scheduled(initialDelayString = "${cordon.hunts.interval:PT4S}", fixedDelayString = "${cordon.hunts.interval:PT4S}")
    void runDue() {
      rounds.runDue();
    }
  }
}
