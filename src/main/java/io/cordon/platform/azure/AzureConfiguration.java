package io.cordon.platform.azure;

import io.cordon.platform.http.HttpClients;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.phi.OutgoingNet;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  EntraSettings.class, ArmSettings.class, MdeSettings.class, LogAnalyticsSettings.class, GraphSettings.class
})
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

  @Bean
  LogAnalytics logAnalytics(LogAnalyticsSettings settings, AccessTokens tokens, HttpClients clients, OutgoingNet net) {
    return new LogAnalyticsHttp(settings, tokens, new JsonHttp(clients, net, LogAnalyticsHttp.LARGEST_ANSWER));
  }

  /** Made when asked for, since most sites do without. */
  @Bean
  @Lazy
  GraphAlerts graphAlerts(GraphSettings settings, AccessTokens tokens, HttpClients clients) {
    return new GraphAlertsHttp(settings, tokens, clients);
  }
}
