package io.cordon.platform.phi;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PhiProperties.class)
class PhiConfiguration {
  @Bean
  OutgoingNet outgoingNet(PhiProperties properties, @Value("${cordon.public-url:http://localhost:8080}") String publicUrl, MeterRegistry meters) {
    return OutgoingNet.of(properties.patterns(), publicUrl, meters);
  }
}
