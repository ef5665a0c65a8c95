package io.cordon.evidence.controls;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ControlsConfiguration {

  /** @param file a mapping of controls in the place of the one that ships; empty for none */
  @Bean
  Coverage coverage(JdbcClient jdbc, PlatformTransactionManager transactions, @Value("${cordon.evidence.controls:}") String file) throws IOException {
    TransactionTemplate snapshot = new TransactionTemplate(transactions);
    snapshot.setReadOnly(true);
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    return new Coverage(jdbc, snapshot, ControlFiles.controls(file.isEmpty() ? null : Path.of(file)), ControlFiles.checks());
  }
}
