package io.cordon.playbook.delegates;

import io.cordon.alerts.CaseBook;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.policy.PolicyFloor;
import io.cordon.gate.policy.PolicyInput;
import io.cordon.gate.policy.Route;
import io.cordon.gate.policy.Route.Way;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks the policy table where this case goes; an error of the table is the strictest route, never a looser one. */
@Component("decidePolicy")
class DecidePolicyDelegate implements JavaDelegate {
  private final CaseBook cases;
  private final DecisionService decisions;
  private final RepositoryService models;
  private final EvidenceLog evidence;
  private final TransactionTemplate apart;

  DecidePolicyDelegate(
      CaseBook cases, DecisionService decisions, RepositoryService models, EvidenceLog evidence, PlatformTransactionManager transactions) {
    this.cases = cases;
    this.decisions = decisions;
    this.models = models;
    this.evidence = evidence;
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
  }

  @Override
  public void execute(DelegateExecution execution) {
    // as it is now: an alert may have joined while the machine was looked for, when nobody waited for that news
    execution.setVariable("severity", cases.lockSeverity(execution.getProcessBusinessKey()));
    DecisionDefinition table = models.createDecisionDefinitionQuery().decisionDefinitionKey("gatePolicy").latestVersion().singleResult();
    int version = table == null ? 0 : table.getVersion();
    Map<PolicyInput, String> facts = PolicyInput.read(execution.getVariables());
    Route route = PolicyFloor.apply(facts, table == null ? Route.STRICTEST : proposed(table.getId(), facts));
    execution.setVariable("route", route.way() == Way.FORBIDDEN ? "COMPENSATE" : route.launch() ? "LAUNCH" : "TRIAGE");
    // a person may complete the triage without a choice; the model then asks again
    execution.setVariable("triageDecision", "OPEN");
    PolicyVariables.set(execution, route, version);
    evidence.append(EvidenceEvent.ofCase(EvidenceType.POLICY_DECIDED, execution.getProcessBusinessKey(), null, decided(route, version)));
  }

  private static Map<String, Object> decided(Route route, int version) {
    return Map.of(
        "route", route.way().name(), "launch", route.launch(), "approvers", route.approvers().name(), "quorum", route.quorum(),
        "assurance", route.assurance().name(), "answerMinutes", route.answerMinutes(), "maxIsolationHours", route.maxIsolationHours(),
        "release", route.release().name(), "policyVersion", version);
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
