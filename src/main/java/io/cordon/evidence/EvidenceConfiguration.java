package io.cordon.evidence;

import io.cordon.platform.sealed.ReadingLog;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the evidence log. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EvidenceProperties.class)
class EvidenceConfiguration {
  @Bean
  EvidenceLog evidenceLog(JdbcClient jdbc, Clock clock) {
    return new EvidenceLog(jdbc, clock);
  }

  @Bean
  ReadingLog sealedReadings(EvidenceLog log) {
    return new SealedReadings(log);
  }

  @Bean
  SigningKey evidenceSigningKey(EvidenceProperties properties) {
    return SigningKey.load(properties.keyFile(), properties.origin(), properties.createKeyIfMissing());
  }

  @Bean
  EvidencePump evidencePump(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock, SigningKey key,
      EvidenceProperties properties) {
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    Checkpointer checkpointer = new Checkpointer(jdbc, key, new SignerMemory(properties.memoryFile()), clock);
    return new EvidencePump(new Sequencer(jdbc, transaction), checkpointer, transaction);
  }

  @Bean
  EvidenceBundle evidenceBundle(EvidenceLog log, SigningKey key) {
    return new EvidenceBundle(log, key.verifierKey());
  }
}
