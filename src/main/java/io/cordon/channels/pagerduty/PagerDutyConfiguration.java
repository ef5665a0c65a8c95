package io.cordon.channels.pagerduty;

import io.cordon.platform.http.Breaker;
import io.cordon.platform.http.JsonHttp;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PagerDutySettings.class)
class PagerDutyConfiguration {

  @Bean
  PageQuota pageQuota(PagerDutySettings settings, Clock clock) {
    return new PageQuota(settings, clock);
  }

  @Bean
  PagerDutyEvents pagerDutyEvents(PagerDutySettings settings, JsonHttp http, PageQuota quota, Clock clock, MeterRegistry meters) {
    Breaker breaker = new Breaker("pagerduty", clock, meters, PagerDutyUnavailable.class::isInstance);
    return new PagerDutyEventsGuarded(new PagerDutyEventsHttp(settings, http), quota, breaker);
  }
}
