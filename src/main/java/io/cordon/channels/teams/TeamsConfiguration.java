package io.cordon.channels.teams;

import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.http.JsonHttp;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TeamsSettings.class)
class TeamsConfiguration {

  @Bean
  ConnectorClient connectorClient(TeamsSettings settings, JsonHttp http, AccessTokens tokens) {
    return new ConnectorClientHttp(settings, http, tokens);
  }
}
