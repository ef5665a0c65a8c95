package io.cordon.platform.azure;

import io.cordon.platform.http.HttpClients;
import io.cordon.platform.http.HttpSettings;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.phi.OutgoingNet;
import java.time.Clock;
import java.time.Duration;
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

  /** Somebody waits for the answer, on a page or in Teams, so a directory that does not answer is given up early. */
  @Bean
  EntraPeople entraPeople(
      GraphSettings settings, EntraSettings entra, AccessTokens tokens, HttpSettings http, OutgoingNet net, Clock clock) {
    HttpClients impatient = new HttpClients(new HttpSettings(http.trustedCa(), Duration.ofSeconds(2), Duration.ofSeconds(3)));
    return new EntraPeopleHttp(settings, entra.clientId(), tokens, new JsonHttp(impatient, net), clock);
  }

  /** Made when asked for, since most sites do without. */
  @Bean
  @Lazy
  GraphAlerts graphAlerts(GraphSettings settings, AccessTokens tokens, HttpClients clients) {
    return new GraphAlertsHttp(settings, tokens, clients);
  }

  /** Nobody waits for a hunt, and one may take a while. */
  @Bean
  Hunting hunting(GraphSettings settings, AccessTokens tokens, HttpSettings http, OutgoingNet net) {
    HttpClients patient = new HttpClients(new HttpSettings(http.trustedCa(), http.connectTimeout(), Duration.ofSeconds(25)));
    return new HuntingHttp(settings, tokens, new JsonHttp(patient, net, HuntingHttp.LARGEST_ANSWER));
  }
}
