package io.cordon.playbook.delegates;

import io.cordon.alerts.CaseBook;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import java.util.List;
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
  private static final List<String> INPUTS = List.of("system", "env", "containsPhi", "severity", "neverIsolate", "egress");

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
    Route proposed = table == null ? Route.STRICTEST : route(execution, table.getId());
    Route route = proposed.given((String) execution.getVariable("capability"));
    execution.setVariable("route", "FORBIDDEN".equals(route.route()) ? "COMPENSATE" : route.launch() ? "LAUNCH" : "TRIAGE");
    // a person may complete the triage without a choice; the model then asks again
    execution.setVariable("triageDecision", "OPEN");
    execution.setVariable("policyRoute", route.route());
    execution.setVariable("assurance", route.assurance());
    execution.setVariable("answerMinutes", route.answerMinutes());
    execution.setVariable("maxIsolationHours", route.maxIsolationHours());
    execution.setVariable("release", route.release());
    execution.setVariable("policyVersion", version);
    evidence.append(
        new EvidenceEvent(
            EvidenceType.POLICY_DECIDED,
            execution.getProcessBusinessKey(),
            null,
            Map.of("route", route.route(), "launch", route.launch(), "assurance", route.assurance(), "release", route.release(), "policyVersion", version),
            List.of()));
  }

  private Route route(DelegateExecution execution, String table) {
    Map<String, Object> inputs = execution.getVariables();
    if (!inputs.keySet().containsAll(INPUTS)) {
      return Route.STRICTEST;
    }
    inputs.keySet().retainAll(INPUTS);
    try {
      // apart from the playbook's transaction: a table that fails must not take the case with it
      return Route.of(apart.execute(status -> decisions.evaluateDecisionTableById(table, inputs).getResultList()));
    } catch (DmnEngineException | ProcessEngineException e) {
      return Route.STRICTEST;
    }
  }
}
