package io.cordon.channels.teams.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.cordon.platform.http.TestHttp;
import io.cordon.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.Consumer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Connector's token: exactly the right one is taken, and every way of being wrong is refused. */
class ConnectorTokensTest {
  private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");
  private static final String SERVICE_URL = "https://smba.trafficmanager.net/amer/";
  private static final RSAKey TEAMS = key("K1");
  private static final RSAKey FORGED = key("K1");
  private static final RSAKey NEXT = key("K4");

  @TempDir Path folder;
  private final MockWebServer server = new MockWebServer();
  private final SettableClock clock = new SettableClock(NOW);
  private volatile RSAKey published = TEAMS;
  private volatile boolean down;
  private ConnectorTokens tokens;

  @BeforeEach
  void start() throws IOException {
    HeldCertificate held = new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    Path pem = Files.writeString(folder.resolve("ca.pem"), held.certificatePem());
    server.useHttps(new HandshakeCertificates.Builder().heldCertificate(held).build().sslSocketFactory());
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        if (down) {
          return new MockResponse.Builder().code(503).build();
        }
        String body =
            request.getTarget().endsWith("keys")
                ? "{\"keys\":[" + published.toPublicJWK().toJSONString().replaceFirst("\\{", "{\"endorsements\":[\"msteams\"],") + "]}"
                : "{\"jwks_uri\":\"" + server.url("/v1/.well-known/keys") + "\"}";
        return new MockResponse.Builder().code(200).body(body).build();
      }
    });
    server.start();
    var keys = new ConnectorKeys(TestHttp.json(pem), server.url("/v1/.well-known/openidconfiguration").toString(), clock);
    tokens = new ConnectorTokens(keys, "https://api.botframework.com", "bot", clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void takesAGenuineTokenAndReadsTheKeysOnce() {
    VerifiedCall call = tokens.verify("Bearer " + signed(TEAMS, claims -> {}));
    tokens.verify("Bearer " + signed(TEAMS, claims -> {}));

    assertThat(call.serviceUrl()).isEqualTo(SERVICE_URL);
    assertThat(call.endorsements()).containsExactly("msteams");
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void refusesWhatIsWrongInAnyOneWay() throws Exception {
    Map<String, String> bad =
        Map.ofEntries(
            Map.entry("MISSING", ""),
            Map.entry("UNREADABLE", "Bearer not.a.token"),
            Map.entry("ISSUER", "Bearer " + signed(TEAMS, c -> c.issuer("https://sts.windows.net/tenant/"))),
            Map.entry("AUDIENCE", "Bearer " + signed(TEAMS, c -> c.audience("api://bot"))),
            Map.entry("EXPIRED", "Bearer " + signed(TEAMS, c -> c.expirationTime(Date.from(NOW.minusSeconds(301))))),
            Map.entry("NOT_YET", "Bearer " + signed(TEAMS, c -> c.notBeforeTime(Date.from(NOW.plusSeconds(301))))),
            Map.entry("SIGNATURE", "Bearer " + signed(FORGED, c -> {})),
            Map.entry("KEY", "Bearer " + signed(key("unknown"), c -> {})),
            Map.entry("SERVICE_URL", "Bearer " + signed(TEAMS, c -> c.claim("serviceurl", null))));

    bad.forEach((reason, header) -> assertThat(refusal(header)).isEqualTo(reason));
    assertThat(refusal(null)).isEqualTo("MISSING");
    assertThat(refusal("Basic Ym90OmJvdA==")).isEqualTo("MISSING");
    assertThat(refusal("Bearer " + new PlainJWT(claims().build()).serialize())).isEqualTo("UNREADABLE");
    assertThat(refusal("Bearer " + withSharedSecret())).isEqualTo("ALGORITHM");
    assertThat(refusal("Bearer " + signed(TEAMS, c -> c.audience(java.util.List.of("bot", "other"))))).isEqualTo("AUDIENCE");
    assertThat(refusal("Bearer " + signed(TEAMS, c -> c.expirationTime(null)))).isEqualTo("EXPIRED");
    assertThat(refusal("Bearer " + "x".repeat(20_000))).isEqualTo("MISSING");
  }

  @Test
  void allowsFiveMinutesOfSkewAndNotASecondMore() {
    assertThat(tokens.verify("Bearer " + signed(TEAMS, c -> c.expirationTime(Date.from(NOW.minusSeconds(299)))))).isNotNull();
    assertThat(tokens.verify("Bearer " + signed(TEAMS, c -> c.notBeforeTime(Date.from(NOW.plusSeconds(299)))))).isNotNull();
    assertThat(refusal("Bearer " + signed(TEAMS, c -> c.expirationTime(Date.from(NOW.minusSeconds(300)))))).isEqualTo("EXPIRED");
  }

  @Test
  void takesTheSpellingOfTheDocumentationToo() {
    String token = signed(TEAMS, c -> c.claim("serviceurl", null).claim("serviceUrl", SERVICE_URL));

    assertThat(tokens.verify("Bearer " + token).serviceUrl()).isEqualTo(SERVICE_URL);
  }

  @Test
  void looksForANewKeyAtMostOnceAnHour() {
    tokens.verify("Bearer " + signed(TEAMS, c -> {}));
    published = NEXT;
    clock.tick(Duration.ofMinutes(59));
    assertThat(refusal("Bearer " + signed(NEXT, c -> {}))).isEqualTo("KEY");
    assertThat(server.getRequestCount()).isEqualTo(2);

    clock.tick(Duration.ofMinutes(1));
    tokens.verify("Bearer " + signed(NEXT, c -> c.expirationTime(Date.from(NOW.plusSeconds(7200)))));
    assertThat(refusal("Bearer " + signed(TEAMS, c -> {}))).isEqualTo("KEY");
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void keepsItsKeysForADayWhenTheConnectorIsAwayAndThenTrustsNobody() {
    tokens.verify("Bearer " + signed(TEAMS, c -> {}));
    down = true;
    clock.tick(Duration.ofHours(47));
    assertThat(tokens.verify("Bearer " + signed(TEAMS, c -> c.expirationTime(Date.from(NOW.plus(Duration.ofDays(3))))))).isNotNull();
    clock.tick(Duration.ofHours(1));
    assertThat(refusal("Bearer " + signed(TEAMS, c -> c.expirationTime(Date.from(NOW.plus(Duration.ofDays(3))))))).isEqualTo("KEY");
  }

  @Test
  void trustsNobodyWithoutAnyKey() {
    down = true;

    assertThat(refusal("Bearer " + signed(TEAMS, c -> {}))).isEqualTo("KEY");
    assertThat(refusal("Bearer " + signed(TEAMS, c -> {}))).isEqualTo("KEY");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  private String refusal(String header) {
    return catchThrowableOfType(TokenRefused.class, () -> tokens.verify(header)).reason();
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("https://api.botframework.com")
        .audience("bot")
        .claim("serviceurl", SERVICE_URL)
        .notBeforeTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(3600)));
  }

  private static String signed(RSAKey key, Consumer<JWTClaimsSet.Builder> change) {
    try {
      JWTClaimsSet.Builder claims = claims();
      change.accept(claims);
      var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims.build());
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String withSharedSecret() throws Exception {
    var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("K1").build(), claims().build());
    jwt.sign(new MACSigner("0123456789012345678901234567890123456789"));
    return jwt.serialize();
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
