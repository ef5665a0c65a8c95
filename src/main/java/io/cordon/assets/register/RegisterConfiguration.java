package io.cordon.assets.register;

import io.cordon.evidence.EvidenceLog;
import io.cordon.platform.sealed.SealedStore;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class RegisterConfiguration {

  @Bean
  AssetRegister assetRegister(JdbcClient jdbc, Clock clock) {
    return new AssetRegister(jdbc, clock);
  }

  @Bean
  RegisterChanges registerChanges(
      AssetRegister register, JdbcClient jdbc, EvidenceLog evidence, SealedStore sealed, Clock clock, PlatformTransactionManager transactions) {
    return new RegisterChanges(
        register, new ProposedChanges(jdbc, clock), new RegisterEvidence(evidence, sealed), new TransactionTemplate(transactions));
  }
}
