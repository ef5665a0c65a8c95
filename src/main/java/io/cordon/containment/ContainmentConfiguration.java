package io.cordon.containment;

import io.cordon.containment.mde.MdeClient;
import io.cordon.evidence.EvidenceLog;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ContainmentConfiguration {
  @Bean
  Containment containment(MdeClient mde, EvidenceLog evidence, Clock clock) {
    return new Containment(mde, evidence, clock);
  }
}
