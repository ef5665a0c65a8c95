package io.cordon.gate.policy;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which of two answers is weaker: a partial order, output by output. Weaker is what lets a machine be touched with less
 * agreement, asks later, or leaves it cut off longer.
 */
final class Strictness {
  /** The outputs of the table. */
  enum Output {
    ROUTE("route"),
    LAUNCH("launch"),
    APPROVERS("approvers"),
    QUORUM("quorum"),
    ASSURANCE("assurance"),
    ANSWER_MINUTES("answerMinutes"),
    LADDER("ladder"),
    MAX_ISOLATION_HOURS("maxIsolationHours"),
    RELEASE("release");

    private final String key;

    Output(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }
  }

  private Strictness() {}

  /** The outputs in which an answer is weaker than another; none: it is at least as strict in everything. */
  static Set<Output> weaker(Route answer, Route than) {
    Set<Output> weaker = EnumSet.noneOf(Output.class);
    add(weaker, Output.ROUTE, answer.way().compareTo(than.way()));
    add(weaker, Output.LAUNCH, Boolean.compare(than.launch(), answer.launch()));
    add(weaker, Output.APPROVERS, answer.approvers().compareTo(than.approvers()));
    add(weaker, Output.QUORUM, Integer.compare(answer.quorum(), than.quorum()));
    add(weaker, Output.ASSURANCE, answer.assurance().compareTo(than.assurance()));
    add(weaker, Output.ANSWER_MINUTES, Integer.compare(than.answerMinutes(), answer.answerMinutes()));
    add(weaker, Output.LADDER, answer.ladder().compareTo(than.ladder()));
    add(weaker, Output.MAX_ISOLATION_HOURS, Integer.compare(than.maxIsolationHours(), answer.maxIsolationHours()));
    add(weaker, Output.RELEASE, answer.release().compareTo(than.release()));
    return Collections.unmodifiableSet(weaker);
  }

  private static void add(Set<Output> weaker, Output output, int compared) {
    if (compared < 0) {
      weaker.add(output);
    }
  }
}
