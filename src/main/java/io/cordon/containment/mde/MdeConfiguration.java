package io.cordon.containment.mde;

import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.azure.MdeSettings;
import io.cordon.platform.http.JsonHttp;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MdeConfiguration {

  @Bean
  MdeClient mdeClient(MdeSettings settings, JsonHttp http, AccessTokens tokens) {
    return new MdeClientHttp(new MdeExchange(settings, http, tokens));
  }
}
