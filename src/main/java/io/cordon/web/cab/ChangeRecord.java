package io.cordon.web.cab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.alerts.CaseView;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A case as the board reads it. Everything but the machine's name and the state is read out of entries of the log, so each
 * line of the summary can be proved. Times UTC.
 *
 * @param names display names at the time of a decision, by the number of its entry; empty where they are not opened
 * @param leftOut how many entries of a storm of alerts are not among the facts
 */
record ChangeRecord(CaseView about, List<Fact> facts, Map<Long, String> names, Map<EvidenceType, Long> leftOut) {
  private static final ObjectMapper JSON = new ObjectMapper();

  ChangeRecord(CaseView about, List<Fact> facts, Map<Long, String> names) {
    this(about, facts, names, Map.of());
  }

  /** An answer to a request. */
  public record Answer(Fact fact, String name) {}

  /** SHADOW or DRILL when any of it was not done in earnest, else empty. */
  public String mode() {
    return facts.stream().map(Fact::mode).filter(mode -> !mode.isEmpty()).findFirst().orElse("");
  }

  public ChangeType type() {
    return ChangeType.of(facts);
  }

  public List<Answer> answers() {
    return of(EvidenceType.APPROVAL_GRANTED, EvidenceType.APPROVAL_REJECTED, EvidenceType.APPROVAL_HELD).stream()
        .map(fact -> new Answer(fact, names.getOrDefault(fact.seq(), ""))).toList();
  }

  public List<Fact> clearances() {
    return of(EvidenceType.CLEARANCE_CHECKED);
  }

  public List<Fact> actions() {
    return of(EvidenceType.ACTION_INTENT, EvidenceType.ACTION_SENT, EvidenceType.ACTION_RESULT, EvidenceType.ACTION_UNRESOLVED,
        EvidenceType.ACTION_CANCELLED, EvidenceType.ACTION_FOUND_LATE, EvidenceType.RELEASE_INTENT, EvidenceType.RELEASE_RESULT);
  }

  public List<Fact> hunts() {
    return of(EvidenceType.HUNT_RECORDED);
  }

  public List<Deviations.Deviation> deviations() {
    return Deviations.in(facts);
  }

  public List<TimelineRow> timeline() {
    return TimelineRow.of(facts, names);
  }

  public Optional<Fact> alert() {
    return first(EvidenceType.ALERT_RECEIVED);
  }

  public long furtherAlerts() {
    return Math.max(0, of(EvidenceType.ALERT_RECEIVED).size() - 1L) + leftOut.getOrDefault(EvidenceType.ALERT_RECEIVED, 0L);
  }

  /** How many entries are in the log and not in this record. */
  public long entriesLeftOut() {
    return leftOut.values().stream().mapToLong(Long::longValue).sum();
  }

  public Optional<Fact> route() {
    return last(EvidenceType.POLICY_DECIDED);
  }

  public Optional<Fact> closing() {
    return last(EvidenceType.CASE_CLOSED);
  }

  /** The number of the change in the ticket system; empty where it is not opened, or nobody gave one. */
  public String ticket() {
    return closing().map(fact -> names.getOrDefault(fact.seq(), "")).orElse("");
  }

  /** Whether somebody gave one. */
  public boolean ticketGiven() {
    return closing().filter(fact -> "GIVEN".equals(fact.text("ticket"))).isPresent();
  }

  public Optional<Fact> plan() {
    return last(EvidenceType.PLAN_MADE);
  }

  /** The plan itself, as it was hashed; a missing node without one. */
  public JsonNode planned() {
    try {
      return JSON.readTree(plan().map(fact -> fact.text("canonical")).filter(text -> !text.isEmpty()).orElse("{}"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan in the log is no JSON", e);
    }
  }

  /** The answer that the action rests on. */
  public Optional<Fact> grant() {
    return last(EvidenceType.APPROVAL_GRANTED);
  }

  /** When the machine was cut off: its isolation succeeded, or a person found it isolated. */
  public Optional<Instant> isolatedAt() {
    return Stream.concat(succeeded(Plan.ISOLATE), findings(Plan.ISOLATE, "ISOLATED")).map(Fact::at).min(Comparator.naturalOrder());
  }

  /** Whether nobody but a person at the machine could tell that it was isolated. */
  public boolean foundIsolated() {
    return succeeded(Plan.ISOLATE).findAny().isEmpty() && findings(Plan.ISOLATE, "ISOLATED").findAny().isPresent();
  }

  /** Whether an isolation ended without anybody knowing how, and nobody has found out since. */
  public boolean isolationUnknown() {
    List<String> foundLate = of(EvidenceType.ACTION_FOUND_LATE).stream().map(fact -> fact.text("permit")).toList();
    return of(EvidenceType.ACTION_UNRESOLVED).stream().anyMatch(fact -> isOf(fact, Plan.ISOLATE) && !foundLate.contains(fact.text("permit")))
        && findings(Plan.ISOLATE, "ISOLATED").findAny().isEmpty() && findings(Plan.ISOLATE, "NOT_ISOLATED").findAny().isEmpty();
  }

  /** When a process of the machine was stopped. */
  public Optional<Instant> stoppedAt() {
    return Stream.concat(succeeded(Plan.STOP_PROCESS), findings(Plan.STOP_PROCESS, "ISOLATED")).map(Fact::at).min(Comparator.naturalOrder());
  }

  /** Results that say that an action of this kind was carried out. */
  private Stream<Fact> succeeded(String action) {
    return of(EvidenceType.ACTION_RESULT, EvidenceType.ACTION_DEVIATION, EvidenceType.ACTION_UNRESOLVED, EvidenceType.ACTION_FOUND_LATE).stream()
        .filter(fact -> "SUCCEEDED".equals(fact.text("result")) && isOf(fact, action));
  }

  /** What people found who looked at the machine because Cordon did not know; a finding is of the last action left open before it. */
  private Stream<Fact> findings(String action, String what) {
    return of(EvidenceType.REVIEW_RECORDED).stream()
        .filter(fact -> what.equals(fact.text("finding")))
        .filter(fact -> of(EvidenceType.ACTION_UNRESOLVED).stream().filter(open -> open.seq() < fact.seq()).reduce((a, b) -> b).filter(open -> isOf(open, action)).isPresent());
  }

  /** Whether a result is of an action of this kind, by the intent under the same permit. */
  private boolean isOf(Fact result, String action) {
    return of(EvidenceType.ACTION_INTENT).stream()
        .anyMatch(intent -> intent.text("permit").equals(result.text("permit")) && action.equals(intent.text("action")));
  }

  /** When the machine, of several the last of them, was back; empty while one may be isolated. */
  public Optional<Instant> releasedAt() {
    List<Fact> releases = releases();
    return releases.isEmpty() || releases.size() < isolations() ? Optional.empty() : Optional.of(releases.get(releases.size() - 1).at());
  }

  /** Who released it, as the end of a message's name: of a record without a release nobody. */
  public String releasedBy() {
    return switch (releases().stream().reduce((a, b) -> b).map(Fact::type).orElse(EvidenceType.RELEASE_RESULT)) {
      case REVIEW_RECORDED -> "byHand";
      case OUT_OF_BAND_ACTION -> "outside";
      default -> "byCordon";
    };
  }

  /** How many machines were isolated. */
  public long isolations() {
    return Stream.concat(succeeded(Plan.ISOLATE).map(fact -> fact.text("permit")), findings(Plan.ISOLATE, "ISOLATED").map(fact -> "seq-" + fact.seq()))
        .distinct().count();
  }

  /** How many of them are recorded as released. */
  public long released() {
    return releases().size();
  }

  /** By Cordon, or by hand where a person said so; in the portal only where it can be no other machine's. */
  private List<Fact> releases() {
    boolean one = isolations() == 1;
    return facts.stream()
        .filter(fact ->
            fact.is(EvidenceType.RELEASE_RESULT) && "SUCCEEDED".equals(fact.text("result"))
                || fact.is(EvidenceType.REVIEW_RECORDED) && "userTask_releaseByHand".equals(fact.text("task")) && "RELEASED".equals(fact.text("finding"))
                || one && isLastInThePortal(fact))
        .toList();
  }

  /** A release in the portal of the machine that Cordon isolated before, with nothing done there since. */
  private boolean isLastInThePortal(Fact release) {
    Optional<Fact> intent = of(EvidenceType.ACTION_INTENT).stream().filter(fact -> Plan.ISOLATE.equals(fact.text("action"))).reduce((a, b) -> b);
    return isInThePortal(release, "UNISOLATE")
        && intent.filter(fact -> fact.seq() < release.seq() && fact.text("machine").equals(release.text("machine"))).isPresent()
        && facts.stream().noneMatch(fact -> fact.seq() > release.seq() && isInThePortal(fact, "ISOLATE") && fact.text("machine").equals(release.text("machine")));
  }

  private static boolean isInThePortal(Fact fact, String action) {
    return fact.is(EvidenceType.OUT_OF_BAND_ACTION) && action.equals(fact.text("action")) && "SUCCEEDED".equals(fact.text("state"));
  }

  /** Minutes the machine was cut off, or -1 while it is, or was never. */
  public long minutesIsolated() {
    return isolatedAt().isPresent() && releasedAt().isPresent() ? Duration.between(isolatedAt().get(), releasedAt().get()).toMinutes() : -1;
  }

  public boolean backoutUsed() {
    return first(EvidenceType.RELEASE_INTENT).isPresent();
  }

  private List<Fact> of(EvidenceType... types) {
    return facts.stream().filter(fact -> fact.is(types)).toList();
  }

  private Optional<Fact> first(EvidenceType type) {
    return of(type).stream().findFirst();
  }

  private Optional<Fact> last(EvidenceType type) {
    return of(type).stream().reduce((a, b) -> b);
  }
}
