package io.cordon.gate.windows;

import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.azure.GraphSettings;
import io.cordon.platform.http.HttpClients;
import io.cordon.platform.http.JsonHttp;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the calendar of the site, if it has one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WindowsProperties.class)
class WindowsConfiguration {
  private final WindowsProperties properties;
  private final ZoneId zone;
  private final CalendarWords words;

  WindowsConfiguration(WindowsProperties properties, @Value("${cordon.zone:UTC}") ZoneId zone, Environment environment) {
    this.properties = properties;
    this.zone = zone;
    this.words = new CalendarWords(properties.offerCategory(), properties.blackoutCategory(), services(environment));
  }

  /** The clinical services the site names; a calendar may file an entry under one of them. */
  private static Set<String> services(Environment environment) {
    Bindable<Map<String, String>> named = Bindable.mapOf(String.class, String.class);
    return Binder.get(environment).bind("cordon.gate.clinical-services", named).orElse(Map.of()).keySet();
  }

  @Bean
  WindowLimits windowLimits() {
    return new WindowLimits(properties.guard(), properties.usualIsolate());
  }

  @Bean
  MaintenanceWindows maintenanceWindows(
      WindowLimits limits, GraphSettings graph, AccessTokens tokens, JsonHttp http, HttpClients clients, MeterRegistry registry, Clock clock) {
    return new MaintenanceWindows(
        calendar(graph, tokens, http, clients),
        properties.blackouts().stream().map(blackout -> blackout.entry(zone)).toList(),
        limits,
        new CalendarMeters(registry, clock),
        clock,
        zone,
        properties.refresh());
  }

  private Optional<MaintenanceCalendar> calendar(GraphSettings graph, AccessTokens tokens, JsonHttp http, HttpClients clients) {
    if (properties.hasMailbox()) {
      return Optional.of(new CalendarViewHttp(graph, tokens, http, properties.mailbox(), words, zone));
    }
    return properties.hasIcalendar()
        ? Optional.of(new IcalendarClientHttp(clients, properties.icalendar(), new Icalendar(words, zone)))
        : Optional.empty();
  }

  @Bean
  CalendarThread calendarThread(MaintenanceWindows windows) {
    return new CalendarThread(windows);
  }
}
