package io.cordon.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;

/** Checks every model that is deployed, by whatever way; one that breaks a rule takes its whole deployment with it. */
class CheckedDeploymentsPlugin extends AbstractProcessEnginePlugin implements Deployer {
  private static final Pattern MODEL = Pattern.compile(".*(bpmn|bpmn20\\.xml|dmn|dmn11\\.xml)");

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    List<Deployer> before = configuration.getCustomPreDeployers();
    List<Deployer> all = new ArrayList<>(before == null ? List.of() : before);
    all.add(this);
    configuration.setCustomPreDeployers(all);
  }

  /** Only what is new: a model that is deployed keeps running whatever rules come later. */
  @Override
  public void deploy(DeploymentEntity deployment) {
    if (deployment.isNew()) {
      ModelCheck.check(deployment.getResources().values().stream().filter(this::isModel).map(one -> new ModelFile(one.getName(), one.getBytes())).toList());
    }
  }

  private boolean isModel(ResourceEntity resource) {
    return MODEL.matcher(resource.getName()).matches();
  }
}
