package io.cordon.platform.sealed;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SealingProperties.class)
class SealedConfiguration {
  @Bean
  SealingKeys sealingKeys(SealingProperties properties) {
    return SealingKey.load(properties);
  }

  @Bean
  BrowserSeal browserSeal(SealingKeys keys) {
    return new BrowserSeal(keys.current().key());
  }

  @Bean
  SealedStore sealedStore(JdbcClient jdbc, Clock clock, SealingKeys keys, ReadingLog readings, PlatformTransactionManager transactions) {
    TransactionTemplate own = new TransactionTemplate(transactions);
    // committed whatever becomes of the caller: the bytes are out by then
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    return new SealedStore(jdbc, clock, keys, readings, own);
  }
}
