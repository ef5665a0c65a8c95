package io.cordon.platform.http;

import io.cordon.platform.phi.OutgoingNet;
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
  JsonHttp jsonHttp(HttpClients clients, OutgoingNet net) {
    return new JsonHttp(clients, net);
  }
}
