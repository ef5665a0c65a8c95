package io.cordon.playbook.delegates;

import io.cordon.alerts.CaseBook;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.policy.PolicyChanges;
import io.cordon.gate.policy.PolicyFloor;
import io.cordon.gate.policy.PolicyInForce;
import io.cordon.gate.policy.PolicyInput;
import io.cordon.gate.policy.Route;
import io.cordon.gate.policy.Route.Way;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks the policy table where this case goes; an error of the table is the strictest route, never a looser one. */
@Component("decidePolicy")
class DecidePolicyDelegate implements JavaDelegate {
  private static final PolicyInForce NONE = new PolicyInForce(0, "", null);

  private final CaseBook cases;
  private final DecisionService decisions;
  private final PolicyChanges policy;
  private final EvidenceLog evidence;
  private final TransactionTemplate apart;
  private final MeterRegistry meters;

  DecidePolicyDelegate(
      CaseBook cases,
      DecisionService decisions,
      PolicyChanges policy,
      EvidenceLog evidence,
      PlatformTransactionManager transactions,
      MeterRegistry meters) {
    this.cases = cases;
    this.decisions = decisions;
    this.policy = policy;
    this.evidence = evidence;
    this.meters = meters;
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
  }

  @Override
  public void execute(DelegateExecution execution) {
    // as it is now: an alert may have joined while the machine was looked for, when nobody waited for that news
    execution.setVariable("severity", cases.lockSeverity(execution.getProcessBusinessKey()));
    PolicyInForce table = policy.inForce().orElse(NONE);
    Map<PolicyInput, String> facts = PolicyInput.read(execution.getVariables());
    Route route = PolicyFloor.apply(facts, table.decisionId() == null ? Route.STRICTEST : proposed(table.decisionId(), facts));
    execution.setVariable("route", route.way() == Way.FORBIDDEN ? "COMPENSATE" : route.launch() ? "LAUNCH" : "TRIAGE");
    // a person may complete the triage without a choice; the model then asks again
    execution.setVariable("triageDecision", "OPEN");
    PolicyVariables.set(execution, route, table.version());
    evidence.append(EvidenceEvent.ofCase(EvidenceType.POLICY_DECIDED, execution.getProcessBusinessKey(), null, decided(route, table, facts)));
    meters.counter("cordon.policy.decided", "route", route.way().name()).increment();
  }

  private static Map<String, Object> decided(Route route, PolicyInForce table, Map<PolicyInput, String> facts) {
    Map<String, Object> decided = new HashMap<>(
        Map.of(
            "route", route.way().name(), "launch", route.launch(), "approvers", route.approvers().name(), "quorum", route.quorum(),
            "assurance", route.assurance().name(), "answerMinutes", route.answerMinutes(), "maxIsolationHours", route.maxIsolationHours(),
            "release", route.release().name(), "policyVersion", table.version()));
    if (table != NONE) {
      decided.put("policyHash", table.sha256());
    }
    decided.put("inputs", facts.entrySet().stream().map(fact -> fact.getKey().key() + "=" + fact.getValue()).collect(Collectors.joining(",")));
    return decided;
  }

  private Route proposed(String table, Map<PolicyInput, String> facts) {
    Map<String, Object> inputs = new HashMap<>();
    facts.forEach((input, value) -> inputs.put(input.key(), value));
    try {
      // apart from the playbook's transaction: a table that fails must not take the case with it
      return Route.of(apart.execute(status -> decisions.evaluateDecisionTableById(table, inputs).getResultList()));
    } catch (DmnEngineException | ProcessEngineException e) {
      return Route.STRICTEST;
    }
  }
}
