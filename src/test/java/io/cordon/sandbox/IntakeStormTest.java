package io.cordon.sandbox;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever is sent however often and at once: no alert is lost, none has two cases, no machine has two open ones, no answer fails. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IntakeStormTest {
  @TempDir static Path home;
  private static LocalCordon local;
  private static Scripts scripts;
  private static Storm storm;
  private static JdbcClient jdbc;

  @BeforeAll
  static void start() throws IOException {
    // every machine may be approved at once and has a page of its own: what is asked here is the intake, the brake and the
    // page for many requests have tests of their own
    local = LocalCordon.start(home, 0, Map.of("cordon.gate.most-at-once", 1_000, "cordon.pagerduty.events-per-minute", 10_000));
    // as many machines at once as Defender would tell us about in minutes
    local.sandbox.limits.enforce(false);
    scripts = new Scripts(local);
    storm = new Storm(local.sandbox, scripts, local.url());
    jdbc = local.cordon.getBean(JdbcClient.class);
  }

  @AfterAll
  static void stop() {
    local.close();
  }

  /** First, since after a hundred questions at once a page is one for many and names none of them. */
  @Test
  @Order(1)
  void makesOneCaseOnePageAndOneCardOfTenThousandCopies() throws IOException {
    Map<String, String> alert = new TreeMap<>(storm.fromDefender("bulk-01000"));
    alert.put("AlertSeverity", "High");
    List<JsonNode> results = storm.send(Collections.nCopies(10_000, alert));
    assertThat(dispositions(results)).isEqualTo(Map.of("OPENED", 1L, "DUPLICATE", 9_999L));
    String caseId = results.get(0).path("caseId").asText();
    assertThat(results).allMatch(result -> result.path("caseId").asText().equals(caseId));
    String approval = asked(caseId);
    CrashWorld.await("paged and posted", () -> posts("pagerduty", approval) > 0 && posts("teams", approval) > 0);
    assertThat(posts("pagerduty", approval)).as("pages").isEqualTo(1);
    assertThat(posts("teams", approval)).as("cards").isEqualTo(1);
  }

  @Test
  void takesAnAnswerWhileTheQuestionIsStillBeingSent() {
    assertThatCode(() -> IntStream.range(0, 100).parallel().forEach(i -> answerAtOnce("bulk-%05d".formatted(4_000 + i)))).doesNotThrowAnyException();
  }

  private static void answerAtOnce(String device) {
    try {
      String approval = asked(scripts.alert(device).path("caseId").asText());
      scripts.as("clin.pacs", "POST", "/api/approvals/" + approval + "/decision", Map.of("verdict", "APPROVE", "requestRevision", 1,
          "window", Map.of("from", Instant.now().plusSeconds(3_600).toString(), "minutes", 60), "backBy", Instant.now().plusSeconds(20_000).toString(),
          "procedureImpact", "NONE_RUNNING", "reasonCode", "NO_PATIENT_IMPACT"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The approval request of a case, as soon as it is there. */
  private static String asked(String caseId) {
    return Awaitility.await("asked").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(2)).until(
        () -> jdbc.sql("select id from approval_request where case_id = ?").param(caseId).query(String.class).optional(), Optional::isPresent).orElseThrow();
  }

  @Test
  void losesNoneOfAThousandAlertsAboutTwoHundredMachines() {
    List<Map<String, String>> alerts = IntStream.range(0, 1_000).mapToObj(i -> storm.fromDefender("bulk-%05d".formatted(2_000 + i % 200))).toList();
    List<JsonNode> results = storm.send(alerts);
    assertThat(results).doesNotContainNull();
    assertThat(dispositions(results)).isEqualTo(Map.of("OPENED", 200L, "JOINED", 800L));
    assertThat(results.stream().map(result -> result.path("caseId").asText()).distinct()).hasSize(200);
    assertThat(alertsInCases(alerts)).isEqualTo(1_000);
  }

  @Test
  void endsWithOneCaseForTheTwoCopiesOfADetection() {
    List<String> machines = IntStream.range(0, 200).mapToObj(i -> "bulk-%05d".formatted(3_000 + i)).toList();
    List<Map<String, String>> copies = machines.stream().flatMap(name -> Stream.of(storm.fromDefender(name), storm.fromDefenderForCloud(name))).toList();
    assertThat(storm.send(copies)).doesNotContainNull();
    CrashWorld.await("every machine known", () -> jdbc.sql(
        "select count(distinct mde_device_id) from incident_case where machine_name in (:names) and state = 'OPEN'").param("names", machines)
        .query(Long.class).single() == 200 && unresolved() == 0);
    assertThat(jdbc.sql("select machine_name from incident_case where machine_name in (:names) and state = 'OPEN' group by machine_name having count(*) <> 1")
        .param("names", machines).query(String.class).list()).as("machines with other than one open case").isEmpty();
    assertThat(alertsInCases(copies)).isEqualTo(400);
    CrashWorld.await("the processes of merged cases end", () -> jdbc.sql(
        "select count(*) from incident_case c where state = 'MERGED' and exists (select 1 from act_ru_execution where business_key_ = c.id)")
        .query(Long.class).single() == 0);
  }

  private static long unresolved() {
    return jdbc.sql("select count(*) from incident_case where state = 'OPEN' and mde_device_id is null").query(Long.class).single();
  }

  private static long alertsInCases(List<Map<String, String>> alerts) {
    return jdbc.sql("select count(*) from alert a join incident_case c on c.id = a.case_id where system_alert_id in (:ids)")
        .param("ids", alerts.stream().map(alert -> alert.get("SystemAlertId")).toList()).query(Long.class).single();
  }

  private static long posts(String service, String approval) {
    return local.sandbox.journal.of(service).stream().filter(entry -> entry.method().equals("POST") && entry.body().contains(approval)).count();
  }

  private static Map<String, Long> dispositions(List<JsonNode> results) {
    return results.stream().collect(groupingBy(result -> result == null ? "LOST" : result.path("disposition").asText(), counting()));
  }
}
