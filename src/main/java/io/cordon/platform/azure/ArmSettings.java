package io.cordon.platform.azure;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Where Azure Resource Manager is and which subscriptions hold the hospital's Arc machines. */
@ConfigurationProperties("cordon.arm")
public record ArmSettings(String baseUrl, String scope, List<String> subscriptions) {
  public ArmSettings {
    baseUrl = baseUrl == null ? "https://management.azure.com" : baseUrl;
    scope = scope == null ? "https://management.azure.com/.default" : scope;
    subscriptions = subscriptions == null ? List.of() : List.copyOf(subscriptions);
  }
}
