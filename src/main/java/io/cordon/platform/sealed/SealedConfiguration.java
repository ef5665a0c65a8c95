package io.cordon.platform.sealed;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SealingProperties.class)
class SealedConfiguration {
  @Bean
  SealedStore sealedStore(JdbcClient jdbc, Clock clock, SealingProperties properties) {
    return new SealedStore(jdbc, clock, SealingKey.load(properties));
  }
}
