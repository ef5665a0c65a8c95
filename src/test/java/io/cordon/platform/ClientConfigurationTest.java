package io.cordon.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.cordon.assets.ArcInventory;
import io.cordon.assets.MdeMachines;
import io.cordon.channels.pagerduty.PagerDutyEvents;
import io.cordon.channels.teams.ConnectorClient;
import io.cordon.channels.teams.TeamsSettings;
import io.cordon.containment.mde.MdeClient;
import io.cordon.evidence.EvidenceLog;
import io.cordon.platform.http.HttpSettings;
import io.cordon.platform.sealed.SealedStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

class ClientConfigurationTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(Scan.class)
          .withBean(JdbcClient.class, () -> mock(JdbcClient.class))
          .withBean(EvidenceLog.class, () -> mock(EvidenceLog.class))
          .withBean(SealedStore.class, () -> mock(SealedStore.class))
          .withBean(PlatformTransactionManager.class, () -> mock(PlatformTransactionManager.class));

  @Test
  void offersEveryClientWithoutAnySetting() {
    runner.run(
        context ->
            assertThat(context)
                .hasNotFailed()
                .hasSingleBean(Clock.class)
                .hasSingleBean(MdeClient.class)
                .hasSingleBean(ArcInventory.class)
                .hasSingleBean(MdeMachines.class)
                .hasSingleBean(ConnectorClient.class)
                .hasSingleBean(PagerDutyEvents.class));
  }

  @Test
  void bindsSettings() {
    runner
        .withPropertyValues(
            "cordon.http.read-timeout=3s",
            "cordon.teams.channels.PACS=19:pacs@thread.tacv2",
            "cordon.teams.channels.default=19:all@thread.tacv2")
        .run(
            context -> {
              assertThat(context.getBean(HttpSettings.class).readTimeout()).isEqualTo(Duration.ofSeconds(3));
              TeamsSettings teams = context.getBean(TeamsSettings.class);
              assertThat(teams.channelOf("PACS")).isEqualTo("19:pacs@thread.tacv2");
              assertThat(teams.channelOf("EHR")).isEqualTo("19:all@thread.tacv2");
            });
  }

  @Test
  void refusesToStartWithAnUnknownConnectorHost() {
    runner
        .withPropertyValues("cordon.teams.service-url=https://evil.example")
        .run(context -> assertThat(context).hasFailed());
  }

  @ComponentScan(
      basePackages = {"io.cordon.assets", "io.cordon.containment.mde", "io.cordon.channels.teams", "io.cordon.channels.pagerduty"},
      excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.(answers|webhooks)\\..*"))
  @ComponentScan({"io.cordon.platform.http", "io.cordon.platform.azure", "io.cordon.platform.mode", "io.cordon.platform.phi"})
  @Import({PlatformConfiguration.class, SimpleMeterRegistry.class})
  static class Scan {}
}
