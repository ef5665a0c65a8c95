package io.cordon.channels.pagerduty;

import io.cordon.platform.http.Breaker;
import io.cordon.platform.http.HttpClients;
import io.cordon.platform.http.HttpSettings;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.mode.OperatingMode;
import io.cordon.platform.phi.OutgoingNet;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PagerDutySettings.class, OnCallSettings.class})
class PagerDutyConfiguration {

  @Bean
  PageQuota pageQuota(PagerDutySettings settings, Clock clock) {
    return new PageQuota(settings, clock);
  }

  @Bean
  PagerDutyEvents pagerDutyEvents(
      PagerDutySettings settings, JsonHttp http, PageQuota quota, OperatingMode mode, Clock clock, MeterRegistry meters) {
    Breaker breaker = new Breaker("pagerduty", clock, meters, PagerDutyUnavailable.class::isInstance);
    PagerDutyEvents events = new PagerDutyEventsInMode(new PagerDutyEventsHttp(settings, http), mode, meters.counter("cordon.pages.held"));
    return new PagerDutyEventsGuarded(events, quota, breaker);
  }

  /** Somebody waits for the page that shows it, so a service that does not answer is given up early. */
  @Bean
  OnCalls onCalls(OnCallSettings settings, HttpSettings http, OutgoingNet net, Clock clock) {
    HttpClients impatient = new HttpClients(new HttpSettings(http.trustedCa(), Duration.ofSeconds(2), Duration.ofSeconds(3)));
    return new OnCallsHttp(settings, new JsonHttp(impatient, net), clock);
  }
}
