package io.cordon.gate;

import io.cordon.evidence.EvidenceActor;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.platform.people.Person;
import io.cordon.platform.time.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The emergency: two leads are asked, and declaring one grants nothing. How often that
 * happens is counted and shown, and never a reason to refuse. Every write is in the caller's transaction.
 */
public class BreakGlass {
  private static final Duration COUNTED = Duration.ofDays(30);

  private final ApprovalRequests requests;
  private final Reachability reach;
  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;

  BreakGlass(ApprovalRequests requests, Reachability reach, JdbcClient jdbc, EvidenceLog evidence, Clock clock) {
    this.requests = requests;
    this.reach = reach;
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * What is said when an emergency is declared.
   *
   * @param onCallSilent whether the clinical on-call cannot be reached, so that the executive is asked in their place
   */
  public record Declaration(String caseId, EmergencyReason reason, boolean onCallSilent) {}

  /** Records an emergency, before what was asked in the case is taken back. */
  public void declare(Declaration said, Person person) {
    prove(said.caseId(), person, Map.of("step", "DECLARED", "reason", said.reason().name(), "onCall", onCall(said), "inThirtyDays", inThirtyDays() + 1));
  }

  /** On what it rests that the executive stands in: the log's own record, or else the word of whoever declares. */
  private String onCall(Declaration said) {
    if (!said.onCallSilent()) {
      return "ASKED";
    }
    List<ApprovalRequest> asked = requests.ofCase(said.caseId());
    if (asked.stream().anyMatch(request -> request.state() == ApprovalState.EXPIRED)) {
      return "NOT_ANSWERED";
    }
    return asked.stream().anyMatch(request -> reach.nobodyReached(request.id())) ? "NO_CHANNEL_DELIVERS" : "STATED_UNREACHABLE";
  }

  /** Records that two leads agreed, which is when the glass is broken. */
  public void broken(ApprovalRequest request) {
    prove(request.caseId(), null, Map.of("step", "BROKEN", "approval", request.id(), "decisionHash", request.decisionHash()));
  }

  /** Emergencies of the last thirty days, this moment included. */
  public int inThirtyDays() {
    return jdbc.sql("select count(*) from plan where route = 'BREAK_GLASS' and made_at > :since")
        .param("since", SqlTime.of(clock.instant().minus(COUNTED)))
        .query(Integer.class)
        .single();
  }

  private void prove(String caseId, Person person, Map<String, Object> facts) {
    EvidenceActor actor = person == null ? null : new EvidenceActor(person.tid(), person.oid(), Actors.roleOf(person));
    evidence.append(new EvidenceEvent(EvidenceType.BREAK_GLASS, caseId, actor, facts, List.of()));
  }
}
