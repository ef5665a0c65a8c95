package io.cordon.gate.explorer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What makes two states the same. All rows count, but for random names, for moments that are only recorded, for the
 * distance of the other moments from each other, and for requests that ended and were followed by another one, and answers to
 * an older revision: what ended never changes again, and the checker watches that at every step.
 */
final class StateKey {
  /** Written for people and for the log, where no rule of the gate looks; or, as when the service is back, after every window here. */
  private static final Set<String> ONLY_RECORDED =
      Set.of("asked_at", "decided_at", "made_at", "intended_at", "sent_at", "settled_at", "at", "opened_at", "answered_at", "since", "canonical", "back_by");
  /** Evidence as such decides nothing; whether an intent is signed does. */
  private static final Set<String> NOT_OF_THE_STATE = Set.of("evidence_stage", "evidence_checkpoint", "incident_case", "case_requester");
  private static final Set<String> ENDED = Set.of("REJECTED", "EXPIRED", "WITHDRAWN", "VOIDED");
  private static final Set<String> LIVE = Set.of("PENDING", "HELD");
  private static final Pattern NAMES =
      Pattern.compile("[a-z]{1,2}-[0-9a-f]{32}|[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(\\+00:00|Z)");
  private static final List<Instant> MARKS = List.of(GateWorld.OPENS, GateWorld.CLOSES);

  private final ObjectNode rows;
  private final GateWorld.Memory memory;
  private final Set<String> over = new HashSet<>();
  private final Map<String, String> revisions = new HashMap<>();

  private StateKey(ObjectNode rows, GateWorld.Memory memory) {
    this.rows = rows;
    this.memory = memory;
  }

  /** The state as text. */
  static String of(ObjectNode rows, GateWorld.Memory memory) {
    StateKey key = new StateKey(rows, memory);
    key.findWhatIsOver();
    return key.named(key.lines());
  }

  /** Requests that ended, but for the newest, unless an action of theirs is open or a node sleeps with it; and what hangs on them. */
  private void findWhatIsOver() {
    String newest = rows("approval_request").stream().map(row -> text(row, "id")).max(Comparator.naturalOrder()).orElse("");
    Set<String> busy =
        rows("execution_permit").stream()
            .filter(p -> p.path("settled_at").isNull() || memory.asleep().stream().anyMatch(permit -> permit.id().equals(text(p, "id"))))
            .map(p -> text(p, "approval_id"))
            .collect(Collectors.toSet());
    Set<String> plans = new HashSet<>();
    rows("approval_request").forEach(row -> {
      String id = text(row, "id");
      if (ENDED.contains(text(row, "state")) && !id.equals(newest) && !busy.contains(id)) {
        over.add(id);
      } else {
        plans.add(text(row, "plan_id"));
      }
    });
    rows("approval_request").forEach(row -> revisions.put(text(row, "id"), text(row, "request_revision")));
    rows("plan").stream().map(row -> text(row, "id")).filter(id -> !plans.contains(id)).forEach(over::add);
    rows("execution_permit").stream().filter(row -> over.contains(text(row, "approval_id"))).forEach(row -> over.add(text(row, "intent_stage")));
  }

  private boolean isOver(JsonNode row) {
    boolean older = row.has("approval_id") && row.has("request_revision") && !text(row, "request_revision").equals(revisions.get(text(row, "approval_id")));
    return older || List.of("id", "approval_id", "plan_id", "stage_id").stream().anyMatch(column -> over.contains(text(row, column)));
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    rows.properties().stream().filter(table -> !NOT_OF_THE_STATE.contains(table.getKey())).forEach(table ->
        rows(table.getKey()).stream().filter(row -> !isOver(row)).forEach(row -> lines.add(table.getKey() + " " + reduced(table.getKey(), (ObjectNode) row))));
    memory.actions().forEach(action -> lines.add("taken " + action.comment() + " " + action.status()));
    memory.asleep().forEach(permit -> lines.add("asleep with " + permit.id()));
    lines.add("now " + memory.now() + (memory.busy() ? ", busy" : ""));
    return ranked(lines);
  }

  private String reduced(String table, ObjectNode row) {
    if (table.equals("evidence_entry")) {
      return text(row, "stage_id") + " is signed";
    }
    ObjectNode kept = row.deepCopy();
    if (kept.hasNonNull("read_back_at")) {
      Duration since = Duration.between(OffsetDateTime.parse(text(row, "read_back_at")).toInstant(), memory.now());
      kept.put("read_back_at", since.compareTo(Duration.ofMinutes(1)) < 0 ? "just now" : "before");
    }
    Stream.of(ONLY_RECORDED, past(table, row)).flatMap(Set::stream).filter(kept::hasNonNull).forEach(moment -> kept.put(moment, "set"));
    return kept.toString();
  }

  /** Moments for which it is too late to matter: a deadline after the answer, the window of what ended. */
  private static Set<String> past(String table, JsonNode row) {
    if (!table.equals("approval_request") || LIVE.contains(text(row, "state"))) {
      return Set.of();
    }
    return ENDED.contains(text(row, "state")) ? Set.of("answer_deadline", "window_from", "window_to") : Set.of("answer_deadline");
  }

  /** Moments by their order among each other and the marks of the window; a second is one moment. */
  private static List<String> ranked(List<String> lines) {
    TreeSet<Instant> moments = new TreeSet<>(MARKS);
    lines.forEach(line -> MOMENT.matcher(line).results().forEach(found -> moments.add(second(found.group()))));
    List<Instant> order = List.copyOf(moments);
    return lines.stream().map(line -> MOMENT.matcher(line).replaceAll(found -> "@" + order.indexOf(second(found.group())))).toList();
  }

  private static Instant second(String moment) {
    return OffsetDateTime.parse(moment).toInstant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
  }

  /** Names by the order of the lines in which they appear; the lines in an order that does not depend on names, the older first. */
  private String named(List<String> lines) {
    String ordered =
        lines.stream()
            .map(line -> Map.entry(NAMES.matcher(line).replaceAll("*"), line))
            .sorted(Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue()))
            .map(Map.Entry::getValue)
            .collect(Collectors.joining("\n"));
    Map<String, String> names = new HashMap<>();
    return NAMES.matcher(ordered).replaceAll((MatchResult found) -> names.computeIfAbsent(found.group(), name -> "#" + names.size()));
  }

  private List<JsonNode> rows(String table) {
    return StreamSupport.stream(rows.path(table).spliterator(), false).toList();
  }

  private static String text(JsonNode row, String column) {
    return row.path(column).asText();
  }
}
