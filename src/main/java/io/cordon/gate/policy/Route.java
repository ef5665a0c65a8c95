package io.cordon.gate.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a case goes and what must be agreed before its machine is touched. In every enumeration the first is the weakest.
 *
 * @param launch whether the people are asked at once; else the SOC decides first
 * @param quorum how many people must agree, each in another role of the approvers
 * @param answerMinutes time to answer before the next people are asked
 * @param maxIsolationHours longest time before somebody must decide on release
 */
public record Route(
    Way way,
    boolean launch,
    Approvers approvers,
    int quorum,
    Assurance assurance,
    int answerMinutes,
    Ladder ladder,
    int maxIsolationHours,
    Release release) {
  /** The more has to happen before the machine is touched, the stricter. */
  public enum Way {
    /** A live standing rule stands in for the approval; where none holds it is CLINICAL_APPROVAL. */
    STANDARD_CHANGE,
    CLINICAL_APPROVAL,
    /** The SOC picks a playbook or dismisses. */
    TRIAGE,
    CLINICAL_AND_SECURITY,
    COMPENSATE,
    /** By an entry of the register only; two named leads can override it. */
    FORBIDDEN,
    /** Declared by people and never by the table: two leads agree, and it starts at once. */
    BREAK_GLASS
  }

  /** Who must agree. */
  public enum Approvers {
    CLINICAL,
    CLINICAL_AND_SECURITY,
    EXECUTIVE_AND_SECURITY
  }

  /** How sure of the person an answer must be: a signed message of the channel, or a sign-in for this answer. */
  public enum Assurance {
    CHANNEL,
    STEP_UP
  }

  /** How soon the next people are told while nobody answers. */
  public enum Ladder {
    STANDARD,
    URGENT
  }

  /** Whether the machine may come back at its time without anybody. */
  public enum Release {
    BY_PLAN,
    BY_HAND
  }

  private static final int LONGEST_ANSWER = 24 * 60;
  private static final int LONGEST_ISOLATION = 7 * 24;

  /** What is done when nobody can say what to do. */
  public static final Route STRICTEST =
      new Route(Way.CLINICAL_AND_SECURITY, false, Approvers.CLINICAL_AND_SECURITY, 2, Assurance.STEP_UP, 15, Ladder.URGENT, 4, Release.BY_HAND);

  /** What is done with a machine that the register says is never to be isolated. */
  public static final Route FORBIDDEN =
      new Route(Way.FORBIDDEN, false, Approvers.EXECUTIVE_AND_SECURITY, 2, Assurance.STEP_UP, 30, Ladder.STANDARD, 0, Release.BY_HAND);

  /** What two leads are asked in an emergency. */
  public static final Route EMERGENCY =
      new Route(Way.BREAK_GLASS, true, Approvers.CLINICAL_AND_SECURITY, 2, Assurance.STEP_UP, 10, Ladder.URGENT, 8, Release.BY_HAND);

  /** What the table answered; anything but exactly one readable answer is the strictest route. */
  public static Route of(List<Map<String, Object>> hits) {
    return hits.size() == 1 ? read(hits.get(0)).orElse(STRICTEST) : STRICTEST;
  }

  /** One answer of the table by the names of its outputs; empty when any of it cannot be read or contradicts the rest. */
  static Optional<Route> read(Map<String, Object> answer) {
    try {
      return Optional.of(
              new Route(
                  Way.valueOf(text(answer, "route")), (Boolean) answer.get("launch"), Approvers.valueOf(text(answer, "approvers")),
                  number(answer, "quorum"), Assurance.valueOf(text(answer, "assurance")), number(answer, "answerMinutes"),
                  Ladder.valueOf(text(answer, "ladder")), number(answer, "maxIsolationHours"), Release.valueOf(text(answer, "release"))))
          .filter(Route::holdsTogether);
    } catch (ArithmeticException | ClassCastException | IllegalArgumentException | NullPointerException e) {
      return Optional.empty();
    }
  }

  private static String text(Map<String, Object> answer, String output) {
    return (String) answer.get(output);
  }

  private static int number(Map<String, Object> answer, String output) {
    return Math.toIntExact(((Number) answer.get(output)).longValue());
  }

  private boolean holdsTogether() {
    boolean asksNobodyAtOnce = way == Way.TRIAGE || way == Way.COMPENSATE || way == Way.FORBIDDEN;
    boolean needsTwo = way.compareTo(Way.CLINICAL_AND_SECURITY) >= 0;
    return way != Way.BREAK_GLASS
        && !(launch && asksNobodyAtOnce)
        && !(needsTwo && approvers == Approvers.CLINICAL)
        && quorum == (approvers == Approvers.CLINICAL ? 1 : 2)
        && answerMinutes >= 1 && answerMinutes <= LONGEST_ANSWER
        && maxIsolationHours >= 0 && maxIsolationHours <= LONGEST_ISOLATION;
  }
}
