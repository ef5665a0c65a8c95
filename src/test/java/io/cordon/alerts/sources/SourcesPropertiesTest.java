package io.cordon.alerts.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SourcesPropertiesTest {
  private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Bound.class);

  @Test
  void asksNobodyUnlessTold() {
    runner.run(context -> {
      SourcesProperties properties = context.getBean(SourcesProperties.class);
      assertThat(properties.logAnalytics().enabled()).isFalse();
      assertThat(properties.graph().enabled()).isFalse();
      assertThat(properties.rhythm(properties.graph().pollInterval()))
          .isEqualTo(new AlertPoller.Rhythm(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1)));
    });
  }

  @Test
  void asksNoWorkspaceThatIsNoGuid() {
    for (String id : new String[] {"", "x/../y", "66666666-6666-4666-8666-66666666666?", "66666666-6666-4666-8666-666666666666/"}) {
      runner
          .withPropertyValues("cordon.sources.log-analytics.enabled=true", "cordon.sources.log-analytics.workspace-id=" + id)
          .run(context -> assertThat(context).as(id).hasFailed());
    }
    runner
        .withPropertyValues("cordon.sources.log-analytics.enabled=true", "cordon.sources.log-analytics.workspace-id=66666666-6666-4666-8666-666666666666")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @EnableConfigurationProperties(SourcesProperties.class)
  static class Bound {}
}
