package io.cordon.playbook;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.springframework.beans.factory.BeanFactory;

/** Lets expressions reach the beans that a model may call and no other, whatever is deployed by whatever way. */
class ListedBeansPlugin extends AbstractProcessEnginePlugin {
  private final BeanFactory beans;

  ListedBeansPlugin(BeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    Map<Object, Object> listed = new Listed();
    configuration.setBeans(listed);
    configuration.setExpressionManager(new JuelExpressionManager(listed));
  }

  /** Looked up when called: the beans themselves need the engine. */
  private final class Listed extends AbstractMap<Object, Object> {
    @Override
    public boolean containsKey(Object name) {
      return ModelCheck.BEANS.contains(name);
    }

    @Override
    public Object get(Object name) {
      return containsKey(name) ? beans.getBean(name.toString()) : null;
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
      return Set.of();
    }
  }
}
