package io.cordon.channels.sentinel;

import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.azure.ArmSettings;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.mode.OperatingMode;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SentinelSettings.class)
class SentinelConfiguration {

  @Bean
  Incidents sentinelIncidents(SentinelSettings settings, ArmSettings arm, JsonHttp http, AccessTokens tokens, OperatingMode mode) {
    return new IncidentsInMode(new IncidentsHttp(settings, arm, http, tokens), mode);
  }
}
