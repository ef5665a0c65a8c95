package io.cordon.web.cab;

import java.time.Clock;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.ITemplateEngine;

@Configuration(proxyBeanMethods = false)
class CabConfiguration {

  @Bean
  SummaryPdf summaryPdf(ITemplateEngine templates) {
    return new SummaryPdf(templates);
  }

  @Bean
  RecordModel recordModel(@Value("${cordon.zone:UTC}") ZoneId zone, Clock clock) {
    return new RecordModel(zone, clock);
  }
}
