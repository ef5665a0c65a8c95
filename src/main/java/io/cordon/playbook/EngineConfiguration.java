package io.cordon.playbook;

import io.cordon.playbook.worker.ExternalTaskWorker;
import io.cordon.playbook.worker.TopicHandler;
import io.cordon.playbook.worker.WakeWorkerPlugin;
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
  static ListedBeansPlugin listedBeans(BeanFactory beans) {
    return new ListedBeansPlugin(beans);
  }

  @Bean
  ExternalTaskWorker externalTaskWorker(
      ExternalTaskService tasks, List<TopicHandler> handlers, @Value("${cordon.worker.threads:4}") int threads) {
    return new ExternalTaskWorker(tasks, handlers, "cordon-" + UUID.randomUUID(), threads);
  }
}
