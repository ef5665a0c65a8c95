package io.cordon.assets;

import io.cordon.platform.azure.ArmSettings;
import io.cordon.platform.azure.ResourceGraph;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AssetsConfiguration {

  @Bean
  ArcInventory arcInventory(ResourceGraph graph, ArmSettings settings) {
    return new ArcInventoryHttp(graph, settings.subscriptions());
  }
}
