package io.cordon.playbook.delegates;

import io.cordon.gate.policy.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** What the policy decided, as variables of a playbook. */
final class PolicyVariables {
  private static final String ROUTE = "policyRoute";

  private PolicyVariables() {}

  static void set(DelegateExecution execution, Route route, int version) {
    execution.setVariable(ROUTE, route.way().name());
    execution.setVariable("approvers", route.approvers().name());
    execution.setVariable("quorum", route.quorum());
    execution.setVariable("assurance", route.assurance().name());
    execution.setVariable("answerMinutes", route.answerMinutes());
    execution.setVariable("ladder", route.ladder().name());
    execution.setVariable("maxIsolationHours", route.maxIsolationHours());
    execution.setVariable("release", route.release().name());
    execution.setVariable("policyVersion", version);
  }

  /** The same read back; the strictest route when any of it is missing, as in a playbook begun by an older version. */
  static Route route(DelegateExecution execution) {
    Map<String, Object> said = new HashMap<>(execution.getVariables());
    said.put("route", said.get(ROUTE));
    said.put("launch", false); // asked for by now
    return Route.of(List.of(said));
  }
}
