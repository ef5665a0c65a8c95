package io.cordon.evidence;

import io.cordon.platform.mode.OperatingMode;
import io.cordon.platform.sealed.ReadingLog;
import java.time.Clock;
import java.util.Optional;
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
  EvidenceLog evidenceLog(JdbcClient jdbc, Clock clock, OperatingMode mode) {
    return new EvidenceLog(jdbc, clock, mode);
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
  EvidencePump evidencePump(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock, SigningKey key, EvidenceLog log,
      EvidenceProperties properties) {
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    Optional<SigningKey> outgoing = Optional.ofNullable(properties.outgoingKeyFile()).map(file -> SigningKey.load(file, properties.origin(), false));
    SigningKeys keys = new SigningKeys(jdbc, log, clock, key, outgoing);
    Checkpointer checkpointer = new Checkpointer(jdbc, keys, new SignerMemory(properties.memoryFile()), clock);
    return new EvidencePump(new Sequencer(jdbc, transaction), checkpointer, transaction);
  }

  @Bean
  SignerPace signerPace(JdbcClient jdbc) {
    return new SignerPace(jdbc);
  }

  @Bean
  LogState logState(JdbcClient jdbc, EvidencePump pump, SignerPace pace) {
    return new LogState(jdbc, pump, pace);
  }

  @Bean
  PublishedKeys publishedKeys(JdbcClient jdbc, SigningKey key) {
    return new PublishedKeys(jdbc, key.verifierKey());
  }

  @Bean
  EvidenceProofs evidenceProofs(JdbcClient jdbc) {
    return new EvidenceProofs(jdbc);
  }

  @Bean
  CaseCheck caseCheck(EvidenceLog log, EvidenceProofs proofs, PublishedKeys keys) {
    return new CaseCheck(log, proofs, keys);
  }

  @Bean
  EvidencePack evidencePack(EvidenceProofs proofs, PublishedKeys keys) {
    return new EvidencePack(proofs, keys);
  }

  @Bean
  EvidenceBundle evidenceBundle(EvidenceLog log, PublishedKeys keys) {
    return new EvidenceBundle(log, keys);
  }
}
