package io.cordon.evidence.anchors;

import io.cordon.evidence.EvidenceAlarm;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.SignerPace;
import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.http.HttpClients;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the places outside, the health of the log and who is woken. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AnchorsProperties.class)
class AnchorsConfiguration {

  @Bean
  Anchoring anchoring(
      JdbcClient jdbc, AnchorsProperties settings, HttpClients clients, AccessTokens tokens, Clock clock, MeterRegistry meters) {
    List<AnchorStore> stores = new ArrayList<>();
    if (settings.directory() != null) {
      stores.add(new AnchorDirectory(settings.directory()));
    }
    if (settings.container() != null) {
      stores.add(new AzureBlobClientHttp(clients, tokens, settings.container()));
    }
    return new Anchoring(new AnchorBook(jdbc), stores, settings, clock, meters);
  }

  @Bean
  EvidenceHealth evidenceHealthIndicator(EvidencePump pump, SignerPace pace, Anchoring anchoring, MeterRegistry meters) {
    Gauge.builder("cordon.evidence.halted", pump, it -> it.halted().isPresent() ? 1 : 0).register(meters);
    Gauge.builder("cordon.evidence.late", pace, it -> it.isLate() ? 1 : 0).register(meters);
    return new EvidenceHealth(pump, pace, anchoring);
  }

  @Bean
  EvidenceThread evidenceThread(EvidencePump pump, SignerPace pace, Anchoring anchoring, ObjectProvider<EvidenceAlarm> alarm) {
    return new EvidenceThread(new EvidenceWatch(pump, pace, anchoring, alarm));
  }
}
