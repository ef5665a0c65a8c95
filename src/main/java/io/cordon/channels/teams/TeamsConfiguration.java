package io.cordon.channels.teams;

import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.http.Breaker;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.mode.OperatingMode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class TeamsConfiguration {

  @Bean
  TeamsSettings teamsSettings(Environment environment, OperatingMode mode) {
    TeamsSettings settings = Binder.get(environment).bindOrCreate("cordon.teams", TeamsSettings.class);
    return mode.holdsBack() ? settings.inShadow() : settings;
  }

  @Bean
  CardMark cardMark(OperatingMode mode) {
    return new CardMark(mode);
  }

  @Bean
  ConnectorClient connectorClient(
      TeamsSettings settings, JsonHttp http, AccessTokens tokens, CardMark mark, Clock clock, MeterRegistry meters) {
    ConnectorClient client =
        settings.mode() == TeamsSettings.Mode.WORKFLOW ? new WorkflowWebhook(settings, http) : new ConnectorClientHttp(settings, http, tokens);
    return new ConnectorClientGuarded(
        new ConnectorClientMarked(client, mark),
        new Breaker("teams", clock, meters, failure -> failure instanceof ConnectorUnavailable || failure instanceof ConnectorAmbiguous));
  }
}
