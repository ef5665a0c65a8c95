package io.cordon.containment;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.cordon.platform.time.SqlTime;
import io.cordon.testing.SettableClock;
import io.cordon.testing.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The live response sessions Defender takes are shared out on a real database; the time is played. */
class SessionBudgetTest {
  private static HikariDataSource source;

  private final JdbcClient jdbc = JdbcClient.create(source);
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T02:00:00Z"));
  private final SessionBudget here = onANode();
  private final SessionBudget there = onANode();

  @BeforeAll
  static void createTables() throws IOException {
    source = new HikariDataSource();
    source.setJdbcUrl(TestDatabase.create("session_budget"));
    source.setUsername("postgres");
    source.setPassword("postgres");
    source.setMaximumPoolSize(8);
    // the permits here belong to no case, and nothing here is about what survives
    source.setConnectionInitSql("set session_replication_role = replica; set synchronous_commit = off");
    new ResourceDatabasePopulator(
            new ClassPathResource("db/migration/V20261124_1900__cases_and_approvals.sql"), new ClassPathResource("db/migration/V20261125_1227__stop_process.sql"))
        .execute(source);
  }

  @AfterAll
  static void close() {
    source.close();
  }

  @BeforeEach
  void forgetEverything() {
    new JdbcTemplate(source).execute("delete from mde_session; delete from execution_permit");
  }

  private SessionBudget onANode() {
    return new SessionBudget(jdbc, new TransactionTemplate(new JdbcTransactionManager(source)), clock);
  }

  @Test
  void beginsTenAMinuteOnAllNodesTogether() {
    IntStream.range(0, 10).forEach(i -> assertThat((i % 2 == 0 ? here : there).take("x-" + i)).isEmpty());
    assertThat(here.take("x-10")).contains(Duration.ofSeconds(10));
    assertThat(there.take("x-11")).contains(Duration.ofSeconds(10));
    clock.tick(Duration.ofSeconds(61));
    assertThat(here.take("x-10")).as("Defender's clock may be a little behind").isPresent();
    clock.tick(Duration.ofSeconds(1));
    assertThat(here.take("x-10")).isEmpty();
  }

  @Test
  void countsNoMoreThanTenInAnyMinuteWhateverTheyAsk() {
    List<Instant> begun = new ArrayList<>();
    for (int second = 0; second < 300; second += 3) {
      if ((second % 2 == 0 ? here : there).take("x-" + second).isEmpty()) {
        begun.add(clock.instant());
      }
      clock.tick(Duration.ofSeconds(3));
    }
    assertThat(begun).hasSizeGreaterThanOrEqualTo(40).allSatisfy(from ->
        assertThat(begun.stream().filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(60)))).hasSizeLessThanOrEqualTo(10));
  }

  @Test
  void keepsToTwentyFiveAtATime() {
    IntStream.range(0, 24).forEach(i -> open("s-" + i, "STOP_PROCESS", i % 2 == 0 ? "SENDING" : "SENT"));
    IntStream.range(0, 30).forEach(i -> open("i-" + i, "ISOLATE", "SENT"));
    open("waiting", "STOP_PROCESS", "INTENDED");
    assertThat(here.take("x-1")).as("isolations are no sessions").isEmpty();
    open("s-24", "STOP_PROCESS", "SENT");
    assertThat(here.take("x-2")).contains(Duration.ofSeconds(10));
    jdbc.sql("update execution_permit set state = 'SUCCEEDED', settled_at = :now where id = 's-3'").param("now", SqlTime.of(clock.instant())).update();
    assertThat(there.take("x-2")).as("one has ended").isEmpty();
  }

  @Test
  void letsOnlyTenThroughOfThoseThatAskAtOnce() throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(6);
    try {
      List<Callable<Optional<Duration>>> asking = new ArrayList<>();
      IntStream.range(0, 40).forEach(i -> asking.add(() -> (i % 2 == 0 ? here : there).take("x-" + i)));
      int begun = 0;
      for (Future<Optional<Duration>> answer : nodes.invokeAll(asking)) {
        begun += answer.get().isEmpty() ? 1 : 0;
      }
      assertThat(begun).isEqualTo(10);
    } finally {
      nodes.shutdownNow();
    }
  }

  private void open(String id, String action, String state) {
    jdbc.sql(
            """
            insert into execution_permit (id, case_id, approval_id, target_ordinal, action, attempt, mde_device_id, decision_hash, token, state, not_after,
                                          intent_stage, intended_at)
            values (:id, 'c', :id, 0, :action, 1, :id, 'h', :id, :state, :at, gen_random_uuid(), :at)""")
        .param("id", id)
        .param("action", action)
        .param("state", state)
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }
}
