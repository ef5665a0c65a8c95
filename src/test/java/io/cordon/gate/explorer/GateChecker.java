package io.cordon.gate.explorer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Judges what the gate did from the rows alone (invariants I1, I2 and I4); shares no code with it. */
final class GateChecker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration GUARD = Duration.ofMinutes(2);
  private static final Set<String> SENDING = Set.of("SENDING", "SENT");
  /** Who may answer as what; nobody else may, whatever the gate thinks. */
  private static final Map<String, String> MAY =
      Map.of("clin.first", "Clinical.Approver", "clin.second", "Clinical.Approver", "sec.lead", "Security.Lead", "clin.exec", "Clinical.Executive");

  private final List<String> wrong = new ArrayList<>();
  private final Transition step;

  private GateChecker(Transition step) {
    this.step = step;
  }

  /** What is wrong with this step; nothing when all of it is right. */
  static List<String> check(Transition step) {
    GateChecker checker = new GateChecker(step);
    checker.sendsOnlyWhatIsApprovedNow();
    checker.takesOneActionAPermit();
    checker.endsOnce();
    checker.takesAnswersOfTheRightPeopleOnly();
    checker.changesNothingByARefusal();
    return checker.wrong;
  }

  private void sendsOnlyWhatIsApprovedNow() {
    List<JsonNode> started = rows(step.before(), "execution_permit").filter(this::isStarted).toList();
    started.forEach(this::mustBeApproved);
    boolean onlyWoke = step.event().equals("the sleeping node goes on");
    require(step.calls() == 0 || !started.isEmpty() || onlyWoke, "Defender was called though no send had begun");
    require(step.calls() <= 1, "Defender was called more than once");
    if (step.calls() > 0 && onlyWoke) {
      require(rows(step.before(), "execution_permit").anyMatch(p -> SENDING.contains(text(p, "state")) && step.now().isBefore(moment(p, "not_after"))),
          "a node that slept called after its window");
    }
  }

  private boolean isStarted(JsonNode permit) {
    String now = text(row(step.after(), "execution_permit", "id", text(permit, "id")), "state");
    return text(permit, "state").equals("INTENDED") && (SENDING.contains(now) || step.calls() > 0);
  }

  private void mustBeApproved(JsonNode permit) {
    ObjectNode db = step.before();
    JsonNode approval = row(db, "approval_request", "id", text(permit, "approval_id"));
    JsonNode plan = row(db, "plan", "id", text(approval, "plan_id"));
    require(text(approval, "state").equals("GRANTED"), "sent without a live approval");
    require(!step.now().isBefore(moment(approval, "window_from")), "sent before the window");
    require(step.now().isBefore(moment(approval, "window_to").minus(GUARD)), "sent with less than the guard left");
    require(step.now().isBefore(moment(approval, "back_by")), "sent when the service should be back");
    require(moment(permit, "not_after").equals(moment(approval, "window_to")), "the permit is for another window");
    require(rows(db, "plan").filter(p -> text(p, "case_id").equals(text(plan, "case_id"))).reduce((first, last) -> last).orElseThrow().equals(plan), "sent by a plan that is no longer the case's");
    require(sha256(text(plan, "canonical")).equals(text(plan, "plan_hash")), "the plan is not what was hashed");
    mustBeTheMachine(permit, plan);
    mustBeAgreed(permit, approval, plan);
    String stage = text(permit, "intent_stage");
    long signed = rows(db, "evidence_checkpoint").mapToLong(c -> c.path("size").asLong()).max().orElse(0);
    require(rows(db, "evidence_entry").anyMatch(e -> text(e, "stage_id").equals(stage) && e.path("seq").asLong() < signed), "sent before its intent was signed");
  }

  private void mustBeTheMachine(JsonNode permit, JsonNode plan) {
    String machine = text(permit, "mde_device_id");
    require(rows(step.before(), "plan_target").anyMatch(t -> text(t, "plan_id").equals(text(plan, "id")) && text(t, "mde_device_id").equals(machine)), "sent to a machine that is not in the plan");
    require(read(text(plan, "canonical")).at("/targets/0/mde").asText().equals(machine), "sent to a machine that was not hashed");
    require(text(plan, "action").equals(text(permit, "action")), "another action than the planned one");
  }

  private void mustBeAgreed(JsonNode permit, JsonNode approval, JsonNode plan) {
    Optional<JsonNode> last = rows(step.before(), "last_question").filter(q -> text(q, "approval_id").equals(text(approval, "id"))).findFirst();
    require(last.isEmpty() || text(last.get(), "answer").equals("PROCEED"), "sent while the last question had no answer, or against it");
    String first = approval.path("tier").asInt() == 1 ? "Clinical.Approver" : "Clinical.Executive";
    Set<String> all = plan.path("quorum").asInt() == 1 ? Set.of(first) : Set.of(first, "Security.Lead");
    int revision = approval.path("request_revision").asInt();
    if (last.isPresent()) {
      agreed(approval, revision - 1, all);
      require(text(approval, "procedure_impact").equals("DOWNTIME_PROCEDURE_STARTED"), "went on without the downtime procedure");
    }
    // who goes on after the last question binds what all had agreed to
    List<JsonNode> yes = agreed(approval, revision, last.isPresent() ? Set.of(first) : all);
    Optional<JsonNode> chose = yes.stream().filter(d -> first.equals(MAY.get(text(d, "oid")))).findFirst();
    String hash = chose.map(d -> decisionHash(approval, plan, d)).orElse("none");
    require(hash.equals(text(approval, "decision_hash")), "the approval is not what was decided");
    require(hash.equals(text(permit, "decision_hash")), "the permit is not for what was decided");
  }

  /** Whoever said yes to this revision, which must be people of just these roles. */
  private List<JsonNode> agreed(JsonNode approval, int revision, Set<String> wanted) {
    List<JsonNode> yes =
        rows(step.before(), "approval_decision")
            .filter(d -> text(d, "approval_id").equals(text(approval, "id")) && text(d, "verdict").equals("APPROVE"))
            .filter(d -> d.path("request_revision").asInt() == revision)
            .toList();
    require(yes.stream().map(d -> MAY.getOrDefault(text(d, "oid"), "")).collect(Collectors.toSet()).equals(wanted), "not approved by " + wanted);
    require(yes.stream().allMatch(d -> text(d, "outcome").equals("PROCEED") || moment(d, "decided_at").isBefore(moment(approval, "answer_deadline"))), "approved too late");
    return yes;
  }

  /** RFC 8785 by hand: members in the order of their names. */
  private static String decisionHash(JsonNode approval, JsonNode plan, JsonNode decision) {
    return sha256(
        "{\"backBy\":\"%s\",\"person\":{\"oid\":\"%s\",\"tid\":\"%s\"},\"planHash\":\"%s\",\"procedureImpact\":\"%s\",\"verdict\":\"APPROVE\",\"window\":{\"from\":\"%s\",\"to\":\"%s\"}}"
            .formatted(moment(approval, "back_by"), text(decision, "oid"), text(decision, "tid"), text(plan, "plan_hash"),
                text(approval, "procedure_impact"), moment(approval, "window_from"), moment(approval, "window_to")));
  }

  private void takesOneActionAPermit() {
    Set<String> tokens = Rows.texts(step.after().path("execution_permit"), "token");
    Map<String, Long> taken = step.taken().stream().collect(Collectors.groupingBy(action -> action.comment().split("\\s")[0], Collectors.counting()));
    require(tokens.containsAll(taken.keySet()), "Defender took an action without a permit");
    taken.forEach((token, times) -> require(times == 1, "Defender took " + times + " actions under one permit"));
  }

  private void endsOnce() {
    rows(step.before(), "approval_request").forEach(was -> {
      String before = text(was, "state");
      String after = text(row(step.after(), "approval_request", "id", text(was, "id")), "state");
      boolean live = Set.of("PENDING", "HELD").contains(before);
      boolean takenBack = before.equals("GRANTED") && Set.of("WITHDRAWN", "VOIDED").contains(after);
      boolean lastQuestion =
          rows(step.before(), "last_question").anyMatch(q -> text(q, "approval_id").equals(text(was, "id")) && !q.hasNonNull("answer"));
      boolean stopped = before.equals("GRANTED") && lastQuestion && Set.of("REJECTED", "EXPIRED").contains(after);
      require(live || takenBack || stopped || before.equals(after), "a request that was " + before + " became " + after);
    });
    rows(step.before(), "execution_permit").filter(was -> was.hasNonNull("settled_at")).forEach(was ->
        require(text(was, "state").equals(text(row(step.after(), "execution_permit", "id", text(was, "id")), "state")), "a settled action changed"));
  }

  private void takesAnswersOfTheRightPeopleOnly() {
    Set<String> requesters = Rows.texts(step.after().path("case_requester"), "oid");
    rows(step.after(), "approval_decision").forEach(d -> {
      String person = text(d, "oid");
      require(!requesters.contains(person) && MAY.containsKey(person), "an answer of " + person + " was taken");
      require(text(d, "role").equals(MAY.get(person)), person + " answered as " + text(d, "role"));
    });
  }

  private void changesNothingByARefusal() {
    JsonNode firstAsked = rows(step.before(), "approval_request").min(Comparator.comparing(row -> text(row, "id"))).orElseThrow();
    boolean older = step.event().contains("first page") && firstAsked.path("request_revision").asInt() > 1;
    require(!older || !step.changed(), "an answer to an older question counted");
    boolean refused = step.said() != null && !step.said().accepted();
    require(!refused || !step.changed(), "a refused answer changed something");
    require(!refused || !step.said().message().isBlank(), "a refusal says nothing");
    long kept = rows(step.after(), "evidence_stage").filter(e -> text(e, "type").equals("DECISION_REFUSED")).count();
    require(!refused || kept == 1, "a refused answer is not in the evidence");
    require(!step.event().contains("before the commit") || !step.changed(), "something is left of a transaction that did not commit");
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      wrong.add(otherwise);
    }
  }

  private static Stream<JsonNode> rows(ObjectNode all, String table) {
    return StreamSupport.stream(all.path(table).spliterator(), false);
  }

  private static JsonNode row(ObjectNode all, String table, String column, String value) {
    return rows(all, table).filter(row -> text(row, column).equals(value)).findFirst().orElseThrow();
  }

  private static String text(JsonNode row, String column) {
    return row.path(column).asText();
  }

  private static Instant moment(JsonNode row, String column) {
    return OffsetDateTime.parse(text(row, column)).toInstant();
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
