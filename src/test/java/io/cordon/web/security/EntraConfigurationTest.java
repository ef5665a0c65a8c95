package io.cordon.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.SignedJWT;
import io.cordon.platform.http.HttpSettings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** As whom Cordon redeems the code of somebody's sign-in, and with whose keys it proves a token. */
class EntraConfigurationTest {
  @TempDir Path folder;
  private MockWebServer server;
  private String authority;

  @BeforeEach
  void start() throws Exception {
    server = new MockWebServer();
    server.start();
    authority = server.url("/").toString().replaceAll("/$", "");
  }

  private void givesAToken() {
    server.enqueue(new MockResponse.Builder().code(200).addHeader("Content-Type", "application/json")
        .body("{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":60}").build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void signsAnAssertionWithTheCertificateEvenWhereThereIsASecret() throws Exception {
    HeldCertificate held = new HeldCertificate.Builder().rsa2048().build();
    Path pem = Files.writeString(folder.resolve("app.pem"), held.certificatePem() + held.privateKeyPkcs8Pem());
    Map<String, String> sent = redeem(new EntraProperties("tenant", "cordon", "secret", pem, authority, null));

    assertThat(sent).containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer").doesNotContainKey("client_secret");
    SignedJWT assertion = SignedJWT.parse(sent.get("client_assertion"));
    assertThat(assertion.verify(new RSASSAVerifier((RSAPublicKey) held.certificate().getPublicKey()))).isTrue();
    assertThat(assertion.getHeader().getAlgorithm().getName()).isEqualTo("PS256");
    assertThat(assertion.getHeader().getX509CertSHA256Thumbprint()).isEqualTo(X509CertUtils.computeSHA256Thumbprint(held.certificate()));
    assertThat(assertion.getJWTClaimsSet().getIssuer()).isEqualTo("cordon");
    assertThat(assertion.getJWTClaimsSet().getSubject()).isEqualTo("cordon");
    assertThat(assertion.getJWTClaimsSet().getAudience()).containsExactly(authority + "/tenant/oauth2/v2.0/token");
  }

  @Test
  void sendsTheSecretWhereThereIsNoCertificate() throws Exception {
    Map<String, String> sent = redeem(new EntraProperties("tenant", "cordon", "secret", null, authority, null));
    assertThat(sent).containsEntry("client_secret", "secret").doesNotContainKey("client_assertion");
  }

  @Test
  void saysWhichFileIsNoCertificate() throws Exception {
    Path pem = Files.writeString(folder.resolve("app.pem"), new HeldCertificate.Builder().build().certificatePem());
    assertThatThrownBy(() -> CertificateKey.read(pem)).isInstanceOf(IllegalStateException.class).hasMessageContaining(pem.toString());
  }

  @Test
  void asksOnceMoreForTheKeysOfEntra() throws Exception {
    server.enqueue(new MockResponse.Builder().code(503).build());
    server.enqueue(new MockResponse.Builder().code(200).body(new JWKSet(WebSlice.OURS.toPublicJWK()).toString()).build());
    String ofAnotherIssuer = WebSlice.person("Soc.Analyst").substring("Bearer ".length());
    assertThatThrownBy(() -> tokens().decode(ofAnotherIssuer)).as("its signature is good").isInstanceOf(JwtValidationException.class);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void doesNotCallATokenBadWhileTheKeysAreAway() throws Exception {
    server.enqueue(new MockResponse.Builder().code(503).build());
    server.enqueue(new MockResponse.Builder().code(503).build());
    String token = WebSlice.person("Soc.Analyst").substring("Bearer ".length());
    assertThatThrownBy(() -> tokens().decode(token)).isInstanceOf(JwtException.class).isNotInstanceOf(BadJwtException.class);
  }

  private JwtDecoder tokens() {
    return new EntraConfiguration(new EntraProperties("tenant", "cordon", "secret", null, authority, null), new HttpSettings(null, null, null)).consoleAndApiTokens();
  }

  /** Redeems a code; returns the form that the identity provider got. */
  private Map<String, String> redeem(EntraProperties entra) throws InterruptedException {
    givesAToken();
    EntraConfiguration configuration = new EntraConfiguration(entra, new HttpSettings(null, null, null));
    ClientRegistration registration = configuration.registrations().findByRegistrationId(EntraConfiguration.REGISTRATION);
    var asked = OAuth2AuthorizationRequest.authorizationCode().authorizationUri("https://login.test").clientId("cordon").redirectUri("https://cordon.test").build();
    var answered = OAuth2AuthorizationResponse.success("code").redirectUri("https://cordon.test").build();
    configuration.tokenClient().getTokenResponse(
        new OAuth2AuthorizationCodeGrantRequest(registration, new OAuth2AuthorizationExchange(asked, answered)));
    return Arrays.stream(server.takeRequest().getBody().utf8().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }
}
