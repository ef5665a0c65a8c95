package io.cordon.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.cordon.platform.mode.OperatingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

class EvidenceConfigurationTest {
  @TempDir Path folder;

  @Test
  void wiresTheLogFromItsProperties() {
    Path key = folder.resolve("key.pem");
    runner(key).withPropertyValues("cordon.evidence.create-key-if-missing=true").run(context -> {
      assertThat(context).hasSingleBean(EvidenceLog.class).hasSingleBean(EvidencePump.class)
          .hasSingleBean(EvidenceBundle.class).hasSingleBean(EvidenceScheduleConfiguration.class);
      assertThat(Files.exists(key)).isTrue();
    });
  }

  @Test
  void keepsTheSignersMemoryBesideTheKeyOrWhereItIsTold() {
    Path key = folder.resolve("key.pem");
    ApplicationContextRunner signer = runner(key).withPropertyValues("cordon.evidence.create-key-if-missing=true");
    signer.run(context -> assertThat(context.getBean(EvidenceProperties.class).memoryFile()).isEqualTo(folder.resolve("key.pem.last")));
    signer.withPropertyValues("cordon.evidence.memory-file=/elsewhere/last")
        .run(context -> assertThat(context.getBean(EvidenceProperties.class).memoryFile()).isEqualTo(Path.of("/elsewhere/last")));
  }

  @Test
  void doesNotStartWithoutAKey() {
    runner(folder.resolve("key.pem")).run(context -> assertThat(context).hasFailed());
  }

  private static ApplicationContextRunner runner(Path key) {
    return new ApplicationContextRunner()
        .withUserConfiguration(EvidenceConfiguration.class, EvidenceScheduleConfiguration.class)
        .withBean(Clock.class, Clock::systemUTC)
        .withBean(OperatingMode.class, () -> OperatingMode.LIVE)
        .withBean(JdbcClient.class, () -> mock(JdbcClient.class))
        .withBean(PlatformTransactionManager.class, () -> mock(PlatformTransactionManager.class))
        .withPropertyValues("cordon.evidence.origin=cordon.test/evidence", "cordon.evidence.key-file=" + key);
  }
}
