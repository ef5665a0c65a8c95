package io.cordon.containment.mde;

import io.cordon.evidence.CanonicalJson;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.time.SqlTime;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What stands in for Defender in shadow: every change is kept here and written down as evidence, none is sent, and each counts as
 * done at once.
 */
final class HeldActions {
  /** How the id of an action begins that was never sent. */
  static final String PREFIX = "shadow-";

  private static final Pattern ON_MACHINE = Pattern.compile("/api/machines/([0-9a-fA-F]{40})/([a-z]+)");
  private static final Pattern PERMIT = Pattern.compile("cordon:([A-Za-z0-9-]{6,64})( .*)?");
  private static final Map<String, String> TYPES =
      Map.of("isolate", MachineAction.ISOLATE, "unisolate", MachineAction.UNISOLATE, "runliveresponse", MachineAction.LIVE_RESPONSE);
  private static final String SELECT = "select id, type, machine_id, comment, held_at from held_action\s";

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;
  private final TransactionTemplate transaction;

  HeldActions(JdbcClient jdbc, EvidenceLog evidence, Clock clock, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
    this.transaction = transaction;
  }

  /**
   * Keeps a change instead of sending it.
   *
   * @return an action that succeeded
   * @throws MdeRefused for whatever does not begin an action, such as a cancellation: none is ever open here
   */
  MachineAction take(String operation, String path, Map<String, ?> body) {
    Matcher target = ON_MACHINE.matcher(path);
    if (!target.matches() || !TYPES.containsKey(target.group(2))) {
      throw new MdeRefused(operation, 400, "BadRequest", "", false);
    }
    Map<String, Object> request = new HashMap<>(body);
    String comment = String.valueOf(request.get("Comment"));
    String id = PREFIX + UUID.randomUUID();
    transaction.executeWithoutResult(status -> {
      Optional<String> permit = Optional.of(PERMIT.matcher(comment)).filter(Matcher::matches).map(found -> found.group(1));
      Optional<String> caseId = permit.flatMap(this::caseOf);
      insert(id, caseId.orElse(null), TYPES.get(target.group(2)), target.group(1), comment);
      evidence.append(
          EvidenceEvent.ofCase(
              EvidenceType.ACTION_SENT, caseId.orElse(null), null,
              Map.of("held", true, "mdeAction", id, "permit", permit.orElse(""), "operation", operation, "machine", target.group(1),
                  "request", new String(CanonicalJson.write(request), StandardCharsets.UTF_8))));
    });
    return find(id).orElseThrow();
  }

  private Optional<String> caseOf(String permitId) {
    return jdbc.sql("select case_id from execution_permit where id = :id").param("id", permitId).query(String.class).optional();
  }

  private void insert(String id, String caseId, String type, String machineId, String comment) {
    jdbc.sql("insert into held_action (id, case_id, type, machine_id, comment, held_at) values (:id, :case, :type, :machine, :comment, :at)")
        .param("id", id)
        .param("case", caseId)
        .param("type", type)
        .param("machine", machineId)
        .param("comment", comment)
        .param("at", SqlTime.of(clock.instant()))
        .update();
  }

  Optional<MachineAction> find(String id) {
    return jdbc.sql(SELECT + "where id = :id").param("id", id).query(HeldActions::action).optional();
  }

  /** What was held back for this machine since then. */
  List<MachineAction> of(String machineId, Instant since) {
    return jdbc.sql(SELECT + "where machine_id = :machine and held_at >= :since order by held_at desc limit 1000")
        .param("machine", machineId)
        .param("since", SqlTime.of(since))
        .query(HeldActions::action)
        .list();
  }

  private static MachineAction action(ResultSet row, int number) throws SQLException {
    Instant at = SqlTime.read(row, "held_at");
    return new MachineAction(
        row.getString("id"), row.getString("type"), MachineAction.SUCCEEDED, null, row.getString("machine_id"), "cordon", row.getString("comment"), at,
        at, 0);
  }
}
