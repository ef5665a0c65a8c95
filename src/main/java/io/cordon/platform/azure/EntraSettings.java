package io.cordon.platform.azure;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * As whom Cordon signs in to Microsoft Entra. Contract sentinel-graph-arc, section 7: a certificate is preferred; the
 * secret, when used, comes from the environment.
 */
@ConfigurationProperties("cordon.entra")
public record EntraSettings(
    String tenantId, String authorityHost, String clientId, String clientSecret, Path certificateFile) {
  private static final Set<String> MICROSOFT =
      Set.of("login.microsoftonline.com", "login.microsoftonline.us", "login.chinacloudapi.cn");

  public EntraSettings {
    authorityHost = authorityHost == null ? "https://login.microsoftonline.com" : authorityHost;
  }

  boolean isMicrosoftAuthority() {
    return MICROSOFT.contains(URI.create(authorityHost).getHost());
  }

  boolean isComplete() {
    return tenantId != null && clientId != null && (certificateFile != null || clientSecret != null);
  }

  @Override
  public String toString() {
    return "EntraSettings[tenantId=" + tenantId + ", clientId=" + clientId + "]";
  }
}
