package io.cordon.platform.azure;

import io.cordon.platform.http.HttpClients;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EntraSettings.class, ArmSettings.class, MdeSettings.class})
class AzureConfiguration {

  @Bean
  AccessTokens accessTokens(EntraSettings settings, HttpClients clients, Clock clock) {
    AzureHttp http = new AzureHttp(clients);
    return new AccessTokensEntra(() -> EntraCredentials.of(settings, http), clock);
  }

  @Bean
  ResourceGraph resourceGraph(ArmSettings settings, AccessTokens tokens, HttpClients clients) {
    return new ResourceGraphHttp(settings, tokens, new AzureHttp(clients));
  }
}
