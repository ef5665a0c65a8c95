package io.cordon.playbook;

import io.cordon.gate.policy.PolicyModels;
import io.cordon.gate.policy.PolicyTable;
import io.cordon.gate.policy.PolicyUnusable;
import io.cordon.gate.policy.PolicyUnusable.Problem;
import io.cordon.playbook.ModelFile.Node;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.xml.ModelException;
import org.springframework.stereotype.Component;

/** Reads and deploys the policy table. It has a deployment of its own, so that a site's table outlives every release. */
@Component
class PolicyEngine implements PolicyModels {
  static final String FILE = "bpmn/gate-policy.dmn";
  private static final String DECISION = "gatePolicy";

  private final RepositoryService models;

  PolicyEngine(RepositoryService models) {
    this.models = models;
  }

  @Override
  public PolicyTable read(byte[] file) {
    ModelFile model = model(file);
    try {
      ModelCheck.check(List.of(model));
      Dmn.validateModel(Dmn.readModelFromStream(new ByteArrayInputStream(file)));
      return DecisionCheck.read(model, DECISION);
    } catch (ModelRefusedException e) {
      throw new PolicyUnusable(Problem.NOT_A_POLICY, rowOf(model, e.element()), null);
    } catch (ModelException e) {
      throw new PolicyUnusable(Problem.NOT_A_POLICY, List.of(), null);
    }
  }

  private static ModelFile model(byte[] file) {
    try {
      return new ModelFile(FILE, file);
    } catch (ModelRefusedException e) {
      throw new PolicyUnusable(Problem.NOT_A_POLICY, List.of(), null);
    }
  }

  private static List<Integer> rowOf(ModelFile model, String element) {
    List<Node> rules = model.all("rule");
    Node node = model.nodes().stream().filter(one -> one.id().equals(element)).findFirst().orElse(null);
    for (; node != null; node = node.parent()) {
      for (int row = 0; row < rules.size(); row++) {
        if (node.kind().equals("rule") && rules.get(row).id().equals(node.id())) {
          return List.of(row + 1);
        }
      }
    }
    return List.of();
  }

  @Override
  public boolean holds(String decisionId) {
    return models.createDecisionDefinitionQuery().decisionDefinitionId(decisionId).count() == 1;
  }

  @Override
  public String deploy(byte[] file) {
    Deployment deployment =
        models.createDeployment().name("cordon-policy").addInputStream(FILE, new ByteArrayInputStream(file)).deploy();
    return models.createDecisionDefinitionQuery().deploymentId(deployment.getId()).singleResult().getId();
  }
}
