package io.cordon.web.console;

import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the pages share. */
@Configuration
class ConsoleConfiguration {
  @Bean
  Forms forms() {
    return new Forms();
  }

  @Bean
  Times times(@Value("${cordon.web.zone:UTC}") String zone) {
    return new Times(ZoneId.of(zone));
  }
}
