package io.cordon.containment.mde;

import io.cordon.evidence.EvidenceLog;
import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.azure.MdeSettings;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.mode.OperatingMode;
import java.time.Clock;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class MdeConfiguration {

  @Bean
  MdeClient mdeClient(
      MdeSettings settings,
      JsonHttp http,
      AccessTokens tokens,
      OperatingMode mode,
      JdbcClient jdbc,
      EvidenceLog evidence,
      Clock clock,
      PlatformTransactionManager transactions) {
    if (!mode.holdsBack()) {
      return new MdeClientHttp(new MdeExchange(settings, http, tokens));
    }
    HeldActions held = new HeldActions(jdbc, evidence, clock, new TransactionTemplate(transactions));
    return new MdeClientShadow(new MdeClientHttp(new MdeExchange(settings, http, tokens, Optional.of(held))), held);
  }
}
