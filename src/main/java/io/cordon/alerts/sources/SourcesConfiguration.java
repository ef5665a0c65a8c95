package io.cordon.alerts.sources;

import io.cordon.alerts.AlertIntake;
import io.cordon.platform.azure.GraphAlerts;
import io.cordon.platform.azure.LogAnalytics;
import io.cordon.platform.sealed.SealedStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the sources that are switched on. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SourcesProperties.class)
class SourcesConfiguration {
  private final SourcesProperties properties;

  SourcesConfiguration(SourcesProperties properties) {
    this.properties = properties;
  }

  @Bean
  SourceBook sourceBook(JdbcClient jdbc, Clock clock) {
    return new SourceBook(jdbc, clock);
  }

  @Bean
  SourceMeters sourceMeters(MeterRegistry registry, SourceBook book, Clock clock) {
    return new SourceMeters(registry, book, clock);
  }

  @Bean
  PageTaker pageTaker(AlertIntake intake, SealedStore sealed, SourceBook book, SourceMeters meters) {
    return new PageTaker(intake, sealed, book, meters);
  }

  @Bean
  @ConditionalOnProperty("cordon.sources.log-analytics.enabled")
  AlertPoller logAnalyticsPoller(LogAnalytics workspaces, SourceBook book, PageTaker taker, SourceMeters meters, Clock clock) {
    var source = new LogAnalyticsSource(workspaces, properties.logAnalytics().workspaceId());
    return new AlertPoller(source, book, taker, meters, clock, properties.rhythm(properties.logAnalytics().pollInterval()));
  }

  @Bean
  @ConditionalOnProperty("cordon.sources.graph.enabled")
  AlertPoller graphPoller(GraphAlerts graph, SourceBook book, PageTaker taker, SourceMeters meters, Clock clock) {
    return new AlertPoller(new GraphSource(graph), book, taker, meters, clock, properties.rhythm(properties.graph().pollInterval()));
  }

  @Bean
  SourceThreads sourceThreads(ObjectProvider<AlertPoller> pollers) {
    return new SourceThreads(pollers.orderedStream().toList());
  }
}
