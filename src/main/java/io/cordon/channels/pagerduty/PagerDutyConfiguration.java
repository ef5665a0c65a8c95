package io.cordon.channels.pagerduty;

import io.cordon.platform.http.JsonHttp;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PagerDutySettings.class)
class PagerDutyConfiguration {

  @Bean
  PagerDutyEvents pagerDutyEvents(PagerDutySettings settings, JsonHttp http) {
    return new PagerDutyEventsHttp(settings, http);
  }
}
