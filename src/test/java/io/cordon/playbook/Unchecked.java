package io.cordon.playbook;

import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;

/** Deploys past the check, to see what the engine itself does with a model that nobody may deploy. */
final class Unchecked {
  private Unchecked() {}

  static <T> T deploy(ProcessEngine engine, Supplier<T> deployment) {
    var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    List<Deployer> all = configuration.getDeployers();
    configuration.getDeploymentCache().setDeployers(all.stream().filter(one -> !(one instanceof CheckedDeploymentsPlugin)).toList());
    try {
      return deployment.get();
    } finally {
      configuration.getDeploymentCache().setDeployers(all);
    }
  }
}
