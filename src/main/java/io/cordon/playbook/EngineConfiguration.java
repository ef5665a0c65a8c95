package io.cordon.playbook;

import io.cordon.gate.ModeState;
import io.cordon.gate.Plans;
import io.cordon.platform.http.HttpSettings;
import io.cordon.playbook.campaign.CampaignTargets;
import io.cordon.playbook.worker.ExternalTaskWorker;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.WakeJobsPlugin;
import io.cordon.playbook.worker.WakeWorkerPlugin;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the engine after the tables exist, and the worker beside it. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

  @Bean
  static AbstractDependsOnBeanFactoryPostProcessor engineAfterMigration() {
    return new AbstractDependsOnBeanFactoryPostProcessor(ProcessEngineFactoryBean.class, "flywayInitializer") {};
  }

  @Bean
  static WakeWorkerPlugin wakeWorker(ObjectProvider<ExternalTaskWorker> worker) {
    return new WakeWorkerPlugin(() -> worker.getObject().wake());
  }

  @Bean
  static WakeJobsPlugin wakeJobs() {
    return new WakeJobsPlugin();
  }

  @Bean
  static ListedBeansPlugin listedBeans(BeanFactory beans) {
    return new ListedBeansPlugin(beans);
  }

  @Bean
  static CheckedDeploymentsPlugin checkedDeployments() {
    return new CheckedDeploymentsPlugin();
  }

  @Bean
  static MachineOfTask machineOfTask(ObjectProvider<Plans> plans, ObjectProvider<CampaignTargets> campaigns) {
    return new MachineOfTask(plans, campaigns);
  }

  @Bean
  static QuietFailuresPlugin quietFailures() {
    return new QuietFailuresPlugin();
  }

  /**
   * A node that comes back has a new name: what the old one held is done again once its lock has ended. One that was not
   * restarted when the mode changed does nothing at Defender, nor takes what it held back for done.
   */
  @Bean
  ExternalTaskWorker externalTaskWorker(
      ExternalTaskService tasks,
      List<TopicHandler> handlers,
      HttpSettings http,
      ModeState mode,
      @Value("${cordon.worker.threads:4}") int threads,
      @Value("${cordon.worker.lock:PT2M}") Duration lock) {
    if (lock.compareTo(http.longestCall()) <= 0) {
      throw new IllegalStateException("cordon.worker.lock must be longer than the longest call outside, " + http.longestCall());
    }
    return new ExternalTaskWorker(tasks, handlers, "cordon-" + UUID.randomUUID(), threads, lock, () -> mode.now().isRight());
  }
}
