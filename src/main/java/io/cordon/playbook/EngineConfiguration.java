package io.cordon.playbook;

import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the engine after the tables exist. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

  @Bean
  static AbstractDependsOnBeanFactoryPostProcessor engineAfterMigration() {
    return new AbstractDependsOnBeanFactoryPostProcessor(ProcessEngineFactoryBean.class, "flywayInitializer") {};
  }
}
