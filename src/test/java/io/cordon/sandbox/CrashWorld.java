package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.testing.CrashPoint;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Cordon in a child JVM; the cloud in this one and the database outlive it. */
final class CrashWorld implements AutoCloseable {
  /** Longer than the lock of a task whose node was too slow to report, and than the first two waits of what failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  final SandboxCloud sandbox;
  final Scripts scripts;
  final JdbcClient jdbc;
  private final Path home;
  private final Map<String, Object> settings;
  private final String url;
  private ChildProcess cordon;
  private int starts;

  CrashWorld(Path home, String databaseUrl) throws IOException {
    this.home = home;
    sandbox = new SandboxCloud(0, 0, LocalSettings.authority(home), Duration.ofSeconds(1));
    int port = LocalSettings.freePort();
    url = "http://localhost:" + port;
    settings = LocalSettings.of(home, port, databaseUrl, sandbox);
    settings.putAll(quick());
    scripts = new Scripts(sandbox, () -> url);
    jdbc = JdbcClient.create(new DriverManagerDataSource(databaseUrl, "postgres", "postgres"));
  }

  /** The locks of a dead node end sooner, in proportion with calls that may not last as long either. */
  private static Map<String, Object> quick() {
    return Map.of(
        // every machine may be approved at once: the brake has its own test
        "cordon.gate.most-at-once", 1_000,
        "management.server.port", 0,
        "cordon.http.connect-timeout", "PT1S",
        "cordon.http.read-timeout", "PT2S",
        "cordon.worker.lock", "PT6S",
        "camunda.bpm.job-execution.lock-time-in-millis", 6000,
        "camunda.bpm.job-execution.max-wait", 1000,
        "cordon.containment.poll-interval", "PT1S",
        "cordon.containment.read-back-delay", "PT6S",
        "spring.datasource.hikari.connection-timeout", 2000);
  }

  /** Starts Cordon, unless it runs, and waits until it takes requests. */
  void start() throws IOException {
    if (cordon == null || !cordon.isAlive()) {
      cordon = ChildProcess.start(ChildMain.class, home.resolve("cordon-" + ++starts + ".log"), LocalSettings.arguments(settings));
      Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(this::isReadyOrDead);
      if (!cordon.isAlive()) {
        throw new IllegalStateException("Cordon did not start:\n" + cordon.printed());
      }
    }
  }

  /** Starts a second node on the same database, in front of which nobody stands. */
  ChildProcess startBeside() throws IOException {
    Map<String, Object> own = new LinkedHashMap<>(settings);
    own.put("server.port", LocalSettings.freePort());
    ChildProcess beside = ChildProcess.start(ChildMain.class, home.resolve("cordon-beside.log"), LocalSettings.arguments(own));
    await("second node", () -> isReady("http://localhost:" + own.get("server.port")));
    return beside;
  }

  /** Stops Cordon in the middle of whatever it does, as a long pause would, until {@link #thaw}. */
  void freeze() throws IOException {
    cordon.signal("STOP");
  }

  void thaw() throws IOException {
    cordon.signal("CONT");
    await("awake again", this::isReadyOrDead);
  }

  private boolean isReadyOrDead() {
    return !cordon.isAlive() || isReady(url);
  }

  private static boolean isReady(String node) {
    try {
      return ((HttpURLConnection) URI.create(node + "/actuator/health/readiness").toURL().openConnection()).getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  String url() {
    return url;
  }

  void kill() {
    cordon.kill();
  }

  /** Lets Cordon kill itself when it comes to this point; the caller brings it there. */
  void dieAt(CrashPoint point) throws IOException {
    cordon.say(point.name());
  }

  void awaitDeath(CrashPoint point) {
    await("death at " + point, () -> !cordon.isAlive());
  }

  /** Kills Cordon and starts it again. */
  void restart() throws IOException {
    kill();
    start();
  }

  /** Opens a case about a machine and waits until Clinical Ops is asked; returns the case's id. */
  String openCase(String device) throws IOException {
    String caseId = scripts.alert(device).path("caseId").asText();
    await("asked", () -> view(caseId).path("approvals").size() == 1);
    return caseId;
  }

  /** Approves the request of a case for a window of one hour. */
  void approve(String caseId, Instant from) throws IOException {
    String approval = view(caseId).at("/approvals/0/id").asText();
    scripts.as("clin.pacs", "POST", "/api/approvals/" + approval + "/decision",
        Map.of("verdict", "APPROVE", "requestRevision", 1, "window", Map.of("from", from == null ? "now" : from.toString(), "minutes", 60),
            "backBy", Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(4, ChronoUnit.HOURS).toString(),
            "procedureImpact", "NONE_RUNNING", "reasonCode", "NO_PATIENT_IMPACT"));
  }

  JsonNode view(String caseId) throws IOException {
    return scripts.as("soc.one", "GET", "/api/cases/" + caseId, null);
  }

  /** The state of the one permit of a case, as the database has it; empty when there is none yet. */
  String permit(String caseId) {
    return jdbc.sql("select state from execution_permit where case_id = ? and action = 'ISOLATE'").param(caseId).query(String.class).optional().orElse("");
  }

  /** Waits until the isolation is in this state. */
  void awaitPermit(String caseId, Predicate<String> state) {
    await("permit of " + caseId, () -> state.test(permit(caseId)));
  }

  /** Withdraws the request of a case. */
  void withdraw(String caseId) throws IOException {
    String approval = view(caseId).at("/approvals/0/id").asText();
    scripts.as("soc.one", "POST", "/api/approvals/" + approval + "/withdrawal", Map.of("reasonCode", "FALSE_ALARM"));
  }

  /** Releases the machine of a case as soon as that is asked. */
  void release(String caseId) throws IOException {
    await("release is asked", () -> task(caseId, "userTask_releaseHost").isPresent());
    scripts.as("sec.lead", "POST", "/api/tasks/" + task(caseId, "userTask_releaseHost").orElseThrow(), Map.of("reasonCode", "CLEANED"));
  }

  boolean isAsking(String caseId) {
    return jdbc.sql("select exists (select 1 from approval_request where case_id = ? and state = 'PENDING')").param(caseId).query(Boolean.class).single();
  }

  boolean isAskedToRelease(String caseId) {
    return task(caseId, "userTask_releaseHost").isPresent();
  }

  private Optional<String> task(String caseId, String key) {
    return jdbc.sql("select t.id_ from act_ru_task t join act_ru_execution e on e.id_ = t.proc_inst_id_ where e.business_key_ = ? and t.task_def_key_ = ?")
        .param(caseId).param(key).query(String.class).optional();
  }

  /** How many isolations Defender ever took for a case. */
  long isolations(String caseId) {
    String token = jdbc.sql("select token from execution_permit where case_id = ? and action = 'ISOLATE'").param(caseId).query(String.class).single();
    return sandbox.mde.isolations().stream().filter(comment -> comment.startsWith(token)).count();
  }

  static void await(String what, Callable<Boolean> holds) {
    patiently(what).until(holds);
  }

  static ConditionFactory patiently(String what) {
    return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
  }

  @Override
  public void close() {
    if (cordon != null) {
      cordon.kill();
    }
    sandbox.close();
  }
}
