package io.cordon.testing;

import io.cordon.platform.time.DatabaseTime;
import java.time.Instant;
import javax.sql.DataSource;
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
  static CrashPoints crashPoints() {
    return new CrashPoints();
  }

  @Bean
  DeadEnds deadEnds(DataSource database) {
    return new DeadEnds(database);
  }
}
