package io.cordon.web.security;

import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The Entra application people and callers sign in to; a blank client id means nobody can.
 *
 * @param certificateFile PEM with certificate and private key; preferred to the secret, as for every other call
 * @param signInUrl where the browser goes to sign in; blank means the usual address below the authority host
 */
@ConfigurationProperties("cordon.entra")
public record EntraProperties(
    String tenantId, String clientId, String clientSecret, Path certificateFile, String authorityHost, String signInUrl) {
  public EntraProperties {
    tenantId = text(tenantId);
    clientId = text(clientId);
    clientSecret = text(clientSecret);
    authorityHost = text(authorityHost).replaceAll("/+$", "");
    signInUrl = text(signInUrl);
  }

  boolean isConfigured() {
    return !clientId.isBlank() && !tenantId.isBlank() && !authorityHost.isBlank();
  }

  String issuer() {
    return authorityHost + "/" + tenantId + "/v2.0";
  }

  String keys() {
    return authorityHost + "/" + tenantId + "/discovery/v2.0/keys";
  }

  String tokenEndpoint() {
    return authorityHost + "/" + tenantId + "/oauth2/v2.0/token";
  }

  String authorizationEndpoint() {
    return signInUrl.isBlank() ? authorityHost + "/" + tenantId + "/oauth2/v2.0/authorize" : signInUrl;
  }

  /** Scheme, host and port of the sign-in page, for the content security policy. */
  String signInOrigin() {
    URI uri = URI.create(authorizationEndpoint());
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  private static String text(String value) {
    return value == null ? "" : value.strip();
  }

  @Override
  public String toString() {
    return "EntraProperties[" + tenantId + "/" + clientId + "]";
  }
}
