package io.cordon.bench;

import io.cordon.Cordon;
import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.CaseBook;
import io.cordon.alerts.IntakeResult;
import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code make bench-intake}: alerts a second by what becomes of them, beside commits of one row and bare starts of the same
 * model, all on one durable PostgreSQL, in turns of one run. {@code FLUSH=2000} lets a flush of the log to disk take so many
 * microseconds longer, as on a disk over a network.
 */
public final class IntakeBench {
  private static final int THREADS = 16;
  private static final Duration TURN = Duration.ofSeconds(6);
  private static final int ROUNDS = 3;
  private static final int HOSTS = 200;

  private final AtomicLong number = new AtomicLong();
  private final AlertIntake intake;
  private final CaseBook cases;
  private final RuntimeService engine;
  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;

  private String someCase;

  private IntakeBench(ConfigurableApplicationContext cordon) {
    this.intake = cordon.getBean(AlertIntake.class);
    this.cases = cordon.getBean(CaseBook.class);
    this.engine = cordon.getBean(RuntimeService.class);
    this.jdbc = cordon.getBean(JdbcClient.class);
    this.evidence = cordon.getBean(EvidenceLog.class);
    this.transaction = new TransactionTemplate(cordon.getBean(PlatformTransactionManager.class));
  }

  public static void main(String[] arguments) throws IOException {
    Path keys = Files.createTempDirectory("cordon-bench");
    try (var cordon = new SpringApplicationBuilder(Cordon.class).run(settings(keys))) {
      new IntakeBench(cordon).run(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]));
    }
    System.exit(0);
  }

  /** No worker and no jobs: only the intake itself is measured. */
  private static String[] settings(Path keys) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("spring.datasource.url", TestDatabase.create("bench"));
    settings.put("spring.datasource.username", "postgres");
    settings.put("spring.datasource.password", "postgres");
    settings.put("cordon.evidence.key-file", keys.resolve("evidence.pem"));
    settings.put("cordon.evidence.create-key-if-missing", true);
    settings.put("cordon.sealed.key-file", keys.resolve("sealing.b64"));
    settings.put("cordon.sealed.create-key-if-missing", true);
    settings.put("cordon.worker.threads", 0);
    settings.put("camunda.bpm.job-execution.enabled", false);
    settings.put("server.port", 0);
    settings.put("management.server.port", 0);
    settings.put("logging.level.root", "warn");
    settings.put("spring.main.banner-mode", "off");
    return settings.entrySet().stream().map(one -> "--" + one.getKey() + "=" + one.getValue()).toArray(String[]::new);
  }

  private void run(int flushMicros) {
    jdbc.sql("alter system set commit_siblings = 0").update();
    jdbc.sql("alter system set commit_delay = " + flushMicros).update();
    jdbc.sql("select pg_reload_conf()").query(Boolean.class).single();
    jdbc.sql("create table bench_row (id text primary key, hash text not null, at timestamptz not null)").update();
    byte[] known = alert(UUID.randomUUID().toString(), host(1_000_000));
    someCase = intake.take(known).get(0).caseId();
    for (int host = 0; host < HOSTS; host++) {
      String caseId = intake.take(alert(UUID.randomUUID().toString(), host(host))).get(0).caseId();
      cases.machineKnown(caseId, "bench", host(host), "/bench/" + host, "PACS", Set::copyOf);
    }
    Map<String, Runnable> deeds = new LinkedHashMap<>();
    deeds.put("row committed", this::commitARow);
    deeds.put("duplicate", () -> expect(known, Disposition.DUPLICATE));
    deeds.put("rows of a joined alert", this::commitTheRowsOfAnAlert);
    deeds.put("joined", () -> expect(alert(UUID.randomUUID().toString(), host(number.incrementAndGet() % HOSTS)), Disposition.JOINED));
    deeds.put("bare engine start", () -> engine.startProcessInstanceByKey("receiveAlert", UUID.randomUUID().toString()));
    deeds.put("case opened", () -> expect(alert(UUID.randomUUID().toString(), host(2_000_000 + number.incrementAndGet())), Disposition.OPENED));
    report(measure(deeds));
  }

  private Map<String, Double> measure(Map<String, Runnable> deeds) {
    deeds.values().forEach(deed -> Throughput.of(deed, THREADS, TURN.dividedBy(2)));
    Map<String, List<Double>> measured = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      deeds.forEach((name, deed) -> measured.computeIfAbsent(name, key -> new ArrayList<>()).add(Throughput.of(deed, THREADS, TURN)));
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    measured.forEach((name, values) -> medians.put(name, Throughput.median(values)));
    return medians;
  }

  private static void report(Map<String, Double> measured) {
    System.out.printf("%n%d threads, median of %d turns of %d s each%n%n| what | per second | of the yardstick | goal |%n|---|---|---|---|%n",
        THREADS, ROUNDS, TURN.toSeconds());
    line(measured, "row committed", "row committed", "");
    line(measured, "duplicate", "row committed", "0.5");
    line(measured, "rows of a joined alert", "row committed", "");
    line(measured, "joined", "row committed", "0.3");
    line(measured, "bare engine start", "bare engine start", "");
    line(measured, "case opened", "bare engine start", "0.5");
  }

  private static void line(Map<String, Double> measured, String what, String yardstick, String goal) {
    System.out.printf("| %s | %.0f | %.2f | %s |%n", what, measured.get(what), measured.get(what) / measured.get(yardstick), goal);
  }

  private void commitARow() {
    jdbc.sql("insert into bench_row (id, hash, at) values (:id, :hash, timestamptz '2026-01-01Z')")
        .param("id", UUID.randomUUID().toString())
        .param("hash", "0".repeat(64))
        .update();
  }

  /** What a joined alert leaves behind, and nothing else of the work: not read, looked up, locked or sealed. */
  private void commitTheRowsOfAnAlert() {
    transaction.executeWithoutResult(status -> {
      jdbc.sql(
              """
              with sealed as (
                insert into sealed_material (id, case_id, kind, salt, sha256, nonce, cipher, key_id, sealed_at)
                values (gen_random_uuid(), :case, 'alert', :bytes, :hash, :bytes, :cipher, 'bench', timestamptz '2026-01-01Z'))
              insert into alert (system_alert_id, content_hash, vendor_id, case_id, disposition, severity, false_positive, received_at)
              values (:id, :hash, :id, :case, 'JOINED', 'High', false, timestamptz '2026-01-01Z')""")
          .param("case", someCase)
          .param("id", UUID.randomUUID().toString())
          .param("hash", "0".repeat(64))
          .param("bytes", new byte[16])
          .param("cipher", new byte[1_500])
          .update();
      evidence.appendAll(List.of(
          EvidenceEvent.ofCase(EvidenceType.ALERT_RECEIVED, someCase, null, Map.of("systemAlertId", "bench", "severity", "High")),
          EvidenceEvent.ofCase(EvidenceType.CASE_JOINED, someCase, null, Map.of("systemAlertId", "bench"))));
    });
  }

  private void expect(byte[] alert, Disposition expected) {
    IntakeResult result = intake.take(alert).get(0);
    if (result.disposition() != expected) {
      throw new IllegalStateException("expected " + expected + ", was " + result.disposition());
    }
  }

  private static String host(long number) {
    return String.format("%040x", number + 1);
  }

  /** An alert as Defender for Endpoint raises it, with two processes and a file; about 1.5 KB. */
  private static byte[] alert(String id, String host) {
    return """
        {"SystemAlertId":"%s","VendorOriginalId":"%s_1","AlertSeverity":"High","ProviderName":"MDATP","Tactics":"Execution","AlertName":"Suspicious shell",
         "Description":"%s","Entities":"[{\\"$id\\":\\"2\\",\\"ProcessId\\":\\"7548\\",\\"CommandLine\\":\\"sh -c id\\",\\"ImageFile\\":{\\"$id\\":\\"3\\",\\"Directory\\":\\"/usr/bin\\",\\"Name\\":\\"dash\\",\\"Type\\":\\"file\\"},\\"Type\\":\\"process\\"},{\\"$id\\":\\"5\\",\\"ProcessId\\":\\"2056\\",\\"Type\\":\\"process\\"},{\\"$ref\\":\\"3\\"},{\\"$id\\":\\"6\\",\\"HostName\\":\\"h\\",\\"OSFamily\\":\\"Linux\\",\\"MdatpDeviceId\\":\\"%s\\",\\"Type\\":\\"host\\"}]"}"""
        .formatted(id, id, "text ".repeat(150), host)
        .getBytes(StandardCharsets.UTF_8);
  }
}
