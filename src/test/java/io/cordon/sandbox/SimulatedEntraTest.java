package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatedEntraTest {
  private static final String ALERTS = People.CORDON + "/.default";
  private static final String DEFENDER = MdeAccess.AUDIENCE + "/.default";

  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void saysWhereItsEndpointsAre() throws Exception {
    JsonNode metadata = sandbox.get("", "/" + People.TENANT + "/v2.0/.well-known/openid-configuration").body();
    assertThat(metadata.path("issuer").asText()).isEqualTo(sandbox.cloud.cloudUrl() + "/" + People.TENANT + "/v2.0");
    String keys = metadata.path("jwks_uri").asText().substring(sandbox.cloud.cloudUrl().length());
    assertThat(sandbox.get("", keys).body().at("/keys/0/kty").asText()).isEqualTo("RSA");
    assertThat(metadata.path("token_endpoint").asText()).endsWith("/oauth2/v2.0/token");
  }

  @Test
  void givesTheForwarderATokenForAlertsOnly() throws Exception {
    var claims = SignedJWT.parse(ask(Applications.FORWARDER, Applications.FORWARDER_SECRET, ALERTS).body().path("access_token").asText()).getJWTClaimsSet();
    assertThat(claims.getAudience()).containsExactly(People.CORDON);
    assertThat(claims.getStringListClaim("roles")).isEqualTo(List.of("Alerts.Send"));
    assertThat(claims.getIssuer()).isEqualTo(sandbox.cloud.cloudUrl() + "/" + People.TENANT + "/v2.0");
    assertRefused(ask(Applications.FORWARDER, Applications.FORWARDER_SECRET, DEFENDER), 400, "invalid_scope");
    assertRefused(ask(Applications.FORWARDER, People.SECRET, ALERTS), 401, "invalid_client");
  }

  @Test
  void givesCordonTokensForTheServicesItCalls() throws Exception {
    var claims = SignedJWT.parse(ask(People.CORDON, People.SECRET, DEFENDER).body().path("access_token").asText()).getJWTClaimsSet();
    assertThat(claims.getStringListClaim("roles")).containsExactlyInAnyOrder(MdeAccess.ISOLATE, MdeAccess.READ, MdeAccess.LIVE_RESPONSE, MdeAccess.LIBRARY);
    assertRefused(ask(People.CORDON, People.SECRET, ALERTS), 400, "invalid_scope");
  }

  @Test
  void refusesWhomItDoesNotKnow() throws Exception {
    assertRefused(ask("somebody", People.SECRET, DEFENDER), 400, "unauthorized_client");
    assertRefused(token(Map.of("client_id", People.CORDON, "client_secret", People.SECRET, "grant_type", "password")), 400, "unsupported_grant_type");
  }

  private static void assertRefused(RunningSandbox.Got got, int status, String error) {
    assertThat(got.status()).isEqualTo(status);
    assertThat(got.body().path("error").asText()).isEqualTo(error);
    assertThat(got.body().path("error_description").asText()).startsWith("AADSTS" + got.body().at("/error_codes/0").asInt());
  }

  private RunningSandbox.Got ask(String client, String secret, String scope) throws IOException {
    return token(Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret, "scope", scope));
  }

  private RunningSandbox.Got token(Map<String, String> form) throws IOException {
    return sandbox.form("/" + People.TENANT + "/oauth2/v2.0/token", form);
  }
}
