package io.cordon.web.console;

import java.time.Clock;
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
  Times times(@Value("${cordon.zone:UTC}") ZoneId zone, Clock clock) {
    return new Times(zone, clock);
  }

  @Bean
  ApprovalForm approvalForm(Forms forms, Times times, Clock clock) {
    return new ApprovalForm(forms.approval(), times, clock);
  }
}
