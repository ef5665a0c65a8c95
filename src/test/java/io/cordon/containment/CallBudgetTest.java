package io.cordon.containment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.platform.time.SqlTime;
import io.cordon.testing.SettableClock;
import io.cordon.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What Defender takes is shared out on a real database; the time is played. */
class CallBudgetTest {
  private static final Instant START = Instant.parse("2026-03-01T02:00:00Z");
  private static final CallOrder ORDER = new CallOrder(List.of("EHR", "PACS"));
  private static SingleConnectionDataSource source;

  private final JdbcClient jdbc = JdbcClient.create(source);
  private final SettableClock clock = new SettableClock(START);
  private final CallBudget here = onANode();
  private final CallBudget there = onANode();

  /** A call that was let through. */
  private record Call(String permit, Instant at) {}

  /** A step that comes back until it may call. */
  private record Step(String permit, int rank, Instant wanted, Instant next) {}

  @BeforeAll
  static void createTables() throws IOException {
    source = new SingleConnectionDataSource(TestDatabase.create("call_budget"), "postgres", "postgres", true);
    try (InputStream sql = CallBudgetTest.class.getResourceAsStream("/db/migration/V20261125_0758__mde_calls.sql")) {
      new JdbcTemplate(source).execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
    }
    // nothing here is about what survives
    new JdbcTemplate(source).execute("set synchronous_commit = off");
  }

  @AfterAll
  static void close() {
    source.destroy();
  }

  @BeforeEach
  void forgetEverything() {
    jdbc.sql("truncate mde_call, mde_call_waiting").update();
  }

  private CallBudget onANode() {
    var transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    return new CallBudget(jdbc, transaction, clock, new SimpleMeterRegistry().counter("waited"));
  }

  @Test
  void letsThreeHundredIsolationsThroughAsDefenderTakesThem() {
    List<Step> steps = new ArrayList<>();
    IntStream.range(0, 300).forEach(i -> steps.add(wanted("%s-%03d".formatted(service(i), i), ORDER.rank(service(i)), START)));
    IntStream.range(0, 30).forEach(i -> steps.add(wanted("release-%02d".formatted(i), CallBudget.FIRST, START.plusSeconds(1 + 6L * i))));
    List<Call> calls = play(steps);

    assertThat(calls).as("none forgotten, none twice").hasSize(330).extracting(Call::permit).doesNotHaveDuplicates();
    assertThat(calls).allSatisfy(call -> assertThat(within(calls, call.at(), Duration.ofSeconds(60))).isLessThanOrEqualTo(100));
    assertThat(calls).filteredOn(call -> call.permit().startsWith("release"))
        .allSatisfy(call -> assertThat(call.at()).isEqualTo(START.plusSeconds(1 + 6L * Integer.parseInt(call.permit().substring(8)))));
    // the first 80 calls went to whoever asked before the others were there
    assertThat(calls.stream().map(Call::permit).filter(permit -> !permit.startsWith("release")).skip(80).map(permit -> permit.substring(0, 3)).distinct())
        .containsExactly("EHR", "PAC", "LAB");
    assertThat(calls.get(calls.size() - 1).at()).isBefore(START.plus(Duration.ofMinutes(5)));
  }

  private static String service(int i) {
    return i < 150 ? i % 2 == 0 ? "LAB" : "PACS" : "EHR";
  }

  @Test
  void keepsAFifthForReleasesAndCancellations() {
    assertThat(IntStream.range(0, 100).filter(i -> here.take("x-" + i, 1).isEmpty())).hasSize(80);
    assertThat(IntStream.range(0, 30).filter(i -> there.take("r-" + i, CallBudget.FIRST).isEmpty())).hasSize(20);
  }

  @Test
  void countsTheCallsOfAllNodes() {
    IntStream.range(0, 80).forEach(i -> assertThat((i % 2 == 0 ? here : there).take("x-" + i, 1)).isEmpty());
    assertThat(here.take("x-80", 1)).isPresent();
    assertThat(there.take("x-81", 1)).isPresent();
  }

  @Test
  void keepsToTheHourToo() {
    jdbc.sql("insert into mde_call (at) select ? from generate_series(1, 1200)").param(SqlTime.of(START)).update();
    clock.tick(Duration.ofMinutes(30));
    assertThat(here.take("x-1", 1)).isPresent();
    assertThat(here.take("r-1", CallBudget.FIRST)).isEmpty();
    clock.tick(Duration.ofMinutes(32));
    assertThat(here.take("x-1", 1)).isEmpty();
  }

  @Test
  void doesNotWaitForOneThatWentAway() {
    IntStream.range(0, 80).forEach(i -> here.take("x-" + i, 2));
    assertThat(here.take("gone", 1)).isPresent();
    clock.tick(Duration.ofSeconds(55));
    assertThat(here.take("stays", 2)).isPresent();
    clock.tick(Duration.ofSeconds(8));
    assertThat(here.take("stays", 2)).isEmpty();
    assertThat(jdbc.sql("select count(*) from mde_call_waiting").query(Long.class).single()).isZero();
  }

  private static Step wanted(String permit, int rank, Instant at) {
    return new Step(permit, rank, at, at);
  }

  /** Each step asks when it wants to and then whenever it was told to, on one node or the other. */
  private List<Call> play(List<Step> steps) {
    var due = new PriorityQueue<>(Comparator.comparing(Step::next).thenComparing(Step::wanted));
    due.addAll(steps);
    List<Call> calls = new ArrayList<>();
    for (Step step = due.poll(); step != null; step = due.poll()) {
      Step asking = step;
      clock.set(asking.next());
      (calls.size() % 2 == 0 ? here : there).take(asking.permit(), asking.rank()).ifPresentOrElse(
          wait -> due.add(new Step(asking.permit(), asking.rank(), asking.wanted(), asking.next().plus(wait))),
          () -> calls.add(new Call(asking.permit(), asking.next())));
    }
    return calls;
  }

  private static long within(List<Call> calls, Instant from, Duration time) {
    return calls.stream().filter(call -> !call.at().isBefore(from) && call.at().isBefore(from.plus(time))).count();
  }
}
