package io.cordon.sandbox;

import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidencePump;
import io.cordon.evidence.EvidenceType;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finished cases, as many as are wanted: copies of one that waits for Clinical Ops, as if they had said no, in the tables that
 * pages read, the engine's history and the log among them. A minute lies between two of them, 1,000 machines are among them,
 * and one of 400 people asked.
 */
final class ManyCases {
  private static final int ENTRIES = 6;
  private static final int COMMIT = 250;
  private static final Set<String> IDS =
      Set.of("id", "case_id", "plan_id", "approval_id", "process_instance", "id_", "proc_inst_id_", "root_proc_inst_id_", "execution_id_", "parent_act_inst_id_",
          "act_inst_id_", "task_id_", "super_process_instance_id_", "call_proc_inst_id_", "dec_inst_id_", "root_dec_inst_id_", "business_key_");
  private static final Map<String, String> CHANGED =
      Map.of("incident_case.state", "'CLOSED'", "incident_case.outcome", "'HANDLED'", "incident_case.opened_at", "opened_at - (n + 60) * interval '1 minute'",
          "incident_case.closed_at", "opened_at - n * interval '1 minute'", "approval_request.state", "'REJECTED'", "approval_request.decided_at", "answer_deadline",
          "act_hi_procinst.state_", "'COMPLETED'", "case_alias.open", "false");
  private static final Set<String> OF_MACHINES = Set.of("machine_name", "mde_device_id", "arc_id", "alias");

  private final LocalCordon local;
  private final JdbcTemplate db;
  private final String original;
  private int made;

  ManyCases(LocalCordon local, String device) throws IOException {
    this.local = local;
    this.db = local.cordon.getBean(JdbcTemplate.class);
    this.original = local.alert(device);
    Scripts scripts = new Scripts(local);
    CrashWorld.await("asked about " + device, () -> scripts.as("soc.one", "GET", "/api/cases/" + original, null).path("approvals").size() == 1);
  }

  /** The id of one of the copies. */
  String id(int number) {
    return original + "-" + number;
  }

  /** Makes so many more. */
  void add(int more) {
    int from = made + 1;
    made += more;
    copy("incident_case", "id = ?", from);
    copy("case_alias", "case_id = ?", from);
    copy("asset_proof", "case_id = ?", from);
    copy("plan", "case_id = ?", from);
    copy("plan_target", "plan_id in (select id from plan where case_id = ?)", from);
    copy("approval_request", "case_id = ?", from);
    db.update("insert into case_requester (case_id, tid, oid, deed, at) select ? || '-' || n, 't', 'oid-' || (n % 400), 'TRIAGE', ?::timestamptz from generate_series(?, ?) n",
        original, local.sandbox.clock.instant().toString(), from, made);
    copy("act_hi_procinst", "business_key_ = ?", from);
    for (String table : List.of("act_hi_actinst", "act_hi_taskinst", "act_hi_varinst", "act_hi_decinst")) {
      copy(table, "proc_inst_id_ in (select id_ from act_hi_procinst where business_key_ = ?)", from);
    }
    for (String table : List.of("act_hi_dec_in", "act_hi_dec_out")) {
      copy(table, "dec_inst_id_ in (select d.id_ from act_hi_decinst d join act_hi_procinst p on p.id_ = d.proc_inst_id_ where p.business_key_ = ?)", from);
    }
    prove(from);
    db.execute("analyze");
  }

  private void copy(String table, String which, int from) {
    List<String> columns = db.queryForList("select column_name from information_schema.columns where table_name = ? and table_schema = current_schema()", String.class, table);
    String values = columns.stream().map(column -> copied(table, column)).collect(Collectors.joining(", "));
    // the original once, whatever the plan: the copies are made of what was there before
    db.update("with t as materialized (select * from %s where %s) insert into %1$s (%s) select %s from t, generate_series(?, ?) n".formatted(table, which, String.join(", ", columns), values),
        original, from, made);
  }

  private static String copied(String table, String column) {
    String changed = CHANGED.get(table + "." + column);
    if (changed != null) {
      return changed;
    }
    if ("end_time_".equals(column)) {
      return "coalesce(end_time_, start_time_)";
    }
    if (IDS.contains(column)) {
      return "right(%s, 54) || '-' || n".formatted(column);
    }
    return OF_MACHINES.contains(column) ? "%s || '-' || (n %% 1000)".formatted(column) : column;
  }

  private void prove(int from) {
    EvidenceLog log = local.cordon.getBean(EvidenceLog.class);
    EvidencePump pump = local.cordon.getBean(EvidencePump.class);
    for (int first = from; first <= made; first += COMMIT) {
      int end = Math.min(first + COMMIT, made + 1);
      log.appendAll(IntStream.range(first, end).boxed()
          .flatMap(n -> IntStream.range(0, ENTRIES).mapToObj(i -> EvidenceEvent.ofCase(EvidenceType.NOTIFY_SENT, id(n), null, Map.of("channel", "TEAMS", "what", "CARD")))).toList());
      if (first % (20 * COMMIT) < COMMIT) {
        pump.flush();
      }
    }
    pump.flush();
  }

  /** Whoever looks at pages, signed in. */
  HttpClient as(String person) throws IOException, InterruptedException {
    return new Callers(local).browser(person);
  }

  /** What looking at a page costs. */
  record Cost(long micros, int statements) {}

  /** Looks at a page, which must be there. */
  Cost look(HttpClient browser, String path) throws IOException, InterruptedException {
    local.statements.takeAll();
    long start = System.nanoTime();
    HttpResponse<String> answer = Callers.get(browser, local.url() + path);
    long micros = (System.nanoTime() - start) / 1_000;
    if (answer.statusCode() != 200 || !answer.uri().getPath().equals(path.replaceAll("\\?.*", ""))) {
      throw new IllegalStateException(path + " answered " + answer.statusCode());
    }
    return new Cost(micros, local.statements.takeAll());
  }
}
