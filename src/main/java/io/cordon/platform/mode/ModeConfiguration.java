package io.cordon.platform.mode;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ModeConfiguration {
  @Bean
  OperatingMode operatingMode(@Value("${cordon.mode:live}") String setting) {
    return OperatingMode.of(setting);
  }
}
