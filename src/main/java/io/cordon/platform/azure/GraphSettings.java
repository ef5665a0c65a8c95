package io.cordon.platform.azure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Where Microsoft Graph is; national clouds have hosts and scopes of their own. */
@ConfigurationProperties("cordon.graph")
public record GraphSettings(String baseUrl, String scope) {
  public GraphSettings {
    baseUrl = baseUrl == null ? "https://graph.microsoft.com" : baseUrl.replaceAll("/+$", "");
    scope = scope == null ? "https://graph.microsoft.com/.default" : scope;
  }
}
