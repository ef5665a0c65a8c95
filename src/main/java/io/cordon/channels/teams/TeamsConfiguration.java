package io.cordon.channels.teams;

import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.http.Breaker;
import io.cordon.platform.http.JsonHttp;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TeamsSettings.class)
class TeamsConfiguration {

  @Bean
  ConnectorClient connectorClient(TeamsSettings settings, JsonHttp http, AccessTokens tokens, Clock clock, MeterRegistry meters) {
    ConnectorClient client =
        settings.mode() == TeamsSettings.Mode.WORKFLOW ? new WorkflowWebhook(settings, http) : new ConnectorClientHttp(settings, http, tokens);
    return new ConnectorClientGuarded(
        client, new Breaker("teams", clock, meters, failure -> failure instanceof ConnectorUnavailable || failure instanceof ConnectorAmbiguous));
  }
}
