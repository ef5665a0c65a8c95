package io.cordon.testing;

import io.cordon.gate.ModeState;
import io.cordon.platform.time.DatabaseTime;
import io.cordon.playbook.worker.TopicHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The outside world and the time as a test plays them. Not a stereotype: a run with the test classes on its path must not pick it up. */
public class PlayedWorld {
  @Bean
  @Primary
  OutsideWorld outsideWorld() {
    return new OutsideWorld();
  }

  @Bean
  @Primary
  PlayedHunting playedHunting() {
    return new PlayedHunting();
  }

  @Bean
  @Primary
  SettableClock settableClock() {
    return new SettableClock(Instant.parse("2026-03-01T02:00:00Z"));
  }

  /** The real one goes on while this clock stands. */
  @Bean
  @Primary
  DatabaseTime playedDatabaseTime(SettableClock clock) {
    return clock::databaseNow;
  }

  @Bean
  @Primary
  PlayedWorker playedWorker(
      ExternalTaskService tasks, ManagementService jobs, List<TopicHandler> handlers, ModeState mode, @Value("${cordon.worker.lock:PT2M}") Duration lock) {
    return new PlayedWorker(tasks, jobs, handlers, lock, () -> mode.now().isRight());
  }

  @Bean
  static CrashPoints crashPoints() {
    return new CrashPoints();
  }

  @Bean
  DeadEnds deadEnds(DataSource database) {
    return new DeadEnds(database);
  }
}
