package io.cordon.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordon.alerts.CaseSearch.Wanted;
import io.cordon.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Looks cases up among many. With -Dcordon.cases=100000 it also tells how long a page takes. */
class CaseSearchTest {
  private static final int CASES = Integer.getInteger("cordon.cases", 5_000);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Wanted ANY = new Wanted(null, null, null, null, null, null, null, null, null);
  private static final Map<String, Wanted> ASKED = Map.of(
      "anything", ANY,
      "case", new Wanted("c-000017", null, null, null, null, null, null, null, null),
      "host", new Wanted(null, "PACS-gw-017", null, null, null, null, null, null, null),
      "person", new Wanted(null, null, "oid-7", null, null, null, null, null, null),
      "time", new Wanted(null, null, null, START.plusSeconds(60_000), START.plusSeconds(120_000), null, null, null, null),
      "outcome", new Wanted(null, null, null, null, null, "DISMISSED", null, null, null),
      "all of it", new Wanted(null, "pacs", "oid-7", START, START.plusSeconds(1_000_000_000), "HANDLED", "CLOSED", null, null));
  private static final AtomicInteger STATEMENTS = new AtomicInteger();
  private static SingleConnectionDataSource source;
  private static JdbcClient jdbc;
  private static CaseSearch search;

  @BeforeAll
  static void manyCases() throws IOException {
    source = new SingleConnectionDataSource(TestDatabase.create("case_search"), "postgres", "postgres", true);
    JdbcTemplate template = new JdbcTemplate(source);
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      for (Path file : files.filter(one -> one.toString().matches(".*__(cases_and_approvals|process_history)\\.sql")).sorted().toList()) {
        template.execute(Files.readString(file));
      }
    }
    template.update("""
        insert into incident_case (id, state, severity, detector, machine_name, clinical_service, outcome, opened_at, closed_at)
        select 'c-' || lpad(n::text, 6, '0'), 'CLOSED', 'High', 'MDE', 'pacs-gw-' || lpad((n % 1000)::text, 3, '0'), 'PACS',
               case when n % 500 = 0 then 'DISMISSED' else 'HANDLED' end, ?::timestamptz + n * interval '1 minute', ?::timestamptz + (n + 30) * interval '1 minute'
          from generate_series(1, ?) n""", START.toString(), START.toString(), CASES);
    template.update("insert into case_requester (case_id, tid, oid, deed, at) select id, 't', 'oid-' || (right(id, 6)::int % 400), 'TRIAGE', opened_at from incident_case");
    template.execute("analyze");
    jdbc = JdbcClient.create(source);
    search = new CaseSearch(JdbcClient.create(new DelegatingDataSource(source) {
      @Override
      public Connection getConnection() throws SQLException {
        STATEMENTS.incrementAndGet();
        return super.getConnection();
      }
    }));
  }

  @AfterAll
  static void leave() {
    source.destroy();
  }

  @Test
  void findsByEverythingItIsAskedFor() {
    assertThat(ids(ASKED.get("case"), null, 50)).containsExactly("c-000017");
    assertThat(search.find(ASKED.get("host"), null, 50)).isNotEmpty().allMatch(found -> found.machineName().equals("pacs-gw-017"));
    assertThat(ids(ASKED.get("person"), null, 1)).hasSize(1);
    assertThat(ids(ASKED.get("person"), null, 200)).allMatch(id -> Integer.parseInt(id.substring(2)) % 400 == 7);
    assertThat(search.find(ASKED.get("time"), null, 200)).isNotEmpty()
        .allMatch(found -> !found.openedAt().isBefore(START.plusSeconds(60_000)) && found.openedAt().isBefore(START.plusSeconds(120_000)));
    assertThat(search.find(ASKED.get("outcome"), null, 50)).isNotEmpty().allMatch(found -> found.outcome().equals("DISMISSED"));
    assertThat(ids(new Wanted(null, "pacs%", null, null, null, null, null, null, null), null, 50)).as("signs of patterns are letters here").isEmpty();
    assertThat(ids(new Wanted(null, "' or true --", null, null, null, null, null, null, null), null, 50)).isEmpty();
  }

  @Test
  void leadsFromPageToPageWithoutLeavingOneOut() {
    List<String> first = ids(ANY, null, 50);
    List<String> second = ids(ANY, first.get(49), 50);
    assertThat(first).isSortedAccordingTo((a, b) -> b.compareTo(a)).hasSize(50);
    assertThat(second.get(0)).isLessThan(first.get(49));
    assertThat(Integer.parseInt(first.get(49).substring(2)) - Integer.parseInt(second.get(0).substring(2))).isEqualTo(1);
  }

  @Test
  void asksOnceAPageAndByAnIndex() {
    ASKED.forEach((what, wanted) -> {
      int before = STATEMENTS.get();
      long scans = scans();
      ids(wanted, null, 200);
      assertThat(STATEMENTS.get() - before).as(what).isEqualTo(1);
      assertThat(scans()).as("no reading of the whole table for " + what).isEqualTo(scans);
    });
  }

  @Test
  void saysHowLongAPageTakes() {
    ASKED.forEach((what, wanted) -> {
      long[] nanos = new long[20];
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        ids(wanted, null, 50);
        nanos[i] = System.nanoTime() - start;
      }
      Arrays.sort(nanos);
      System.out.printf("%d cases, by %s: p95 %.1f ms%n", CASES, what, nanos[18] / 1e6);
    });
  }

  private static List<String> ids(Wanted wanted, String after, int limit) {
    return search.find(wanted, after, limit).stream().map(CaseView::id).toList();
  }

  private static long scans() {
    jdbc.sql("select pg_stat_force_next_flush()").query().listOfRows();
    return jdbc.sql("select seq_scan from pg_stat_user_tables where relname = 'incident_case'").query(Long.class).single();
  }
}
