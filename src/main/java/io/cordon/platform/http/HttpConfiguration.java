package io.cordon.platform.http;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpSettings.class)
class HttpConfiguration {

  @Bean
  HttpClients httpClients(HttpSettings settings) {
    return new HttpClients(settings);
  }

  @Bean
  JsonHttp jsonHttp(HttpClients clients) {
    return new JsonHttp(clients);
  }
}
