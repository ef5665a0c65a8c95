package io.cordon.gate.clearance;

import io.cordon.assets.register.AssetRegister;
import io.cordon.evidence.EvidenceLog;
import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.http.HttpClients;
import io.cordon.platform.http.HttpSettings;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.phi.OutgoingNet;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the clinical feed of the site, if it has one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClearanceProperties.class)
class ClearanceConfiguration {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  /** Several questions follow each other, and all together must take less time than a step of a playbook has. */
  private static final Duration READ = Duration.ofSeconds(5);

  @Bean
  ClearanceBook clearanceBook(JdbcClient jdbc, AssetRegister register) {
    return new ClearanceBook(jdbc, register);
  }

  @Bean
  ClinicalClearance clinicalClearance(
      ClearanceProperties properties,
      ClearanceBook book,
      HttpSettings settings,
      OutgoingNet net,
      AccessTokens tokens,
      EvidenceLog evidence,
      MeterRegistry meters,
      Clock clock,
      PlatformTransactionManager transactions) {
    Optional<ClinicalFeed> feed =
        properties.hasFeed() ? Optional.of(new ClinicalFeed(counts(properties, settings, net, tokens), properties.searches())) : Optional.empty();
    FeedPlace place = new FeedPlace(properties.hasFeed() ? properties.fhirUrl() : null, properties.runsOn());
    return new ClinicalClearance(book, feed, place, evidence, meters, clock, new TransactionTemplate(transactions));
  }

  private static FhirCounts counts(ClearanceProperties properties, HttpSettings settings, OutgoingNet net, AccessTokens tokens) {
    HttpClients clients = new HttpClients(new HttpSettings(settings.trustedCa(), CONNECT, READ));
    return new FhirCountsHttp(properties.fhirUrl(), properties.scope(), tokens, new JsonHttp(clients, net));
  }

  @Bean
  ClearanceWatch clearanceWatch(ClinicalClearance clearance, ClearanceBook book, Clock clock) {
    return new ClearanceWatch(clearance, book, clock);
  }
}
