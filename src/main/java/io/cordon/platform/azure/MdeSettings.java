package io.cordon.platform.azure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Where MDE is. Contract mde, section 1: the scope names the old host even when the new one is called. */
@ConfigurationProperties("cordon.mde")
public record MdeSettings(String baseUrl, String scope) {
  public MdeSettings {
    baseUrl = baseUrl == null ? "https://api.security.microsoft.com" : baseUrl.replaceAll("/+$", "");
    scope = scope == null ? "https://api.securitycenter.microsoft.com/.default" : scope;
  }
}
