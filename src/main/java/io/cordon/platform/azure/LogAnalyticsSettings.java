package io.cordon.platform.azure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Where the Log Analytics query API is. Contract sentinel-graph-arc, section 2.5: the scope names the older host. */
@ConfigurationProperties("cordon.log-analytics")
public record LogAnalyticsSettings(String baseUrl, String scope) {
  public LogAnalyticsSettings {
    baseUrl = baseUrl == null ? "https://api.loganalytics.azure.com" : baseUrl.replaceAll("/+$", "");
    scope = scope == null ? "https://api.loganalytics.io/.default" : scope;
  }
}
