package io.cordon.containment.signs;

import io.cordon.assets.ArcInventory;
import io.cordon.assets.register.AssetRegister;
import io.cordon.containment.mde.MdeClient;
import io.cordon.evidence.EvidenceLog;
import io.cordon.platform.http.HttpClients;
import io.cordon.platform.http.HttpSettings;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.phi.OutgoingNet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignsSettings.class)
class SignsConfiguration {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  /** Bytes; what a FHIR server can do is a long list. */
  private static final long LARGEST_METADATA = 16 << 20;

  @Bean
  FollowUps followUps(JdbcClient jdbc, Clock clock, MeterRegistry meters) {
    FollowUps book = new FollowUps(jdbc, clock);
    Gauge.builder("cordon.signs.doubtful", book, FollowUps::doubtful).register(meters);
    return book;
  }

  @Bean
  SignWatch signWatch(FollowUps book, MachineLook look, SignRecords records, SignsPager pager, MeterRegistry meters, Clock clock, SignsSettings settings) {
    return new SignWatch(book, look, records, pager, meters, clock, settings);
  }

  @Bean
  SignRecords signRecords(FollowUps book, EvidenceLog evidence, TransactionTemplate transaction, MeterRegistry meters, Clock clock) {
    return new SignRecords(book, evidence, transaction, meters, clock);
  }

  @Bean
  MachineLook machineLook(MdeClient mde, ArcInventory arc, AssetRegister register, ServiceProbe probe) {
    return new MachineLook(mde, arc, register, probe);
  }

  @Bean
  OnlineProof onlineProof(MachineLook look) {
    return new OnlineProof(look);
  }

  @Bean
  ServiceProbe serviceProbe(HttpSettings http, OutgoingNet net, SignsSettings settings) {
    HttpClients impatient = HttpClients.direct(new HttpSettings(http.trustedCa(), PATIENCE, PATIENCE));
    return new ServiceProbe(new JsonHttp(impatient, net, LARGEST_METADATA), settings.probeThisHost());
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("cordon.containment.signs.enabled")
  static class Rhythm {
    private final SignWatch watch;

    Rhythm(SignWatch watch) {
      this.watch = watch;
    }

    @Scheduled(fixedDelay = 10_000)
    void runDue() {
      watch.runDue();
    }
  }
}
