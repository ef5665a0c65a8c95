package io.cordon.assets;

import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.azure.ArmSettings;
import io.cordon.platform.azure.MdeSettings;
import io.cordon.platform.azure.ResourceGraph;
import io.cordon.platform.http.JsonHttp;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AssetsProperties.class)
class AssetsConfiguration {

  @Bean
  ArcInventory arcInventory(ResourceGraph graph, ArmSettings settings) {
    return new ArcInventoryHttp(graph, settings.subscriptions());
  }

  @Bean
  MdeMachines mdeMachines(MdeSettings settings, JsonHttp http, AccessTokens tokens) {
    return new MdeMachinesHttp(settings, http, tokens);
  }

  @Bean
  AssetLookup assetLookup(ArcInventory inventory, MdeMachines defender, AssetsProperties limits, Clock clock) {
    return new AssetLookup(inventory, defender, limits, clock);
  }

  @Bean
  AssetJudge assetJudge() {
    return new AssetJudge(SupportList.shipped());
  }

  @Bean
  AssetProofs assetProofs(JdbcClient jdbc, Clock clock) {
    return new AssetProofs(jdbc, clock);
  }
}
