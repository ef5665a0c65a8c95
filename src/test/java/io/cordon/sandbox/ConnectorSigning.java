package io.cordon.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Connector's own keys and the tokens it sends with every activity. Contract Teams/PagerDuty 1.7 and 11.2. */
final class ConnectorSigning implements Service {
  static final String ISSUER = "https://api.botframework.com";
  static final String METADATA = "/v1/.well-known/openidconfiguration";
  private static final String KEYS = "/v1/.well-known/keys";

  /** A key, what it is called, and what it may speak for; null when that is not said. */
  private record Signing(RSAKey key, List<String> endorsements) {}

  private final Clock clock;
  private final String base;
  private final Map<String, Signing> published = new LinkedHashMap<>();

  ConnectorSigning(Clock clock, String base) {
    this.clock = clock;
    this.base = base;
    publish("K1", List.of("msteams"));
    publish("K2", List.of("webchat", "directline"));
    publish("K3", null);
  }

  private void publish(String id, List<String> endorsements) {
    published.put(id, new Signing(generated(id), endorsements));
  }

  static RSAKey generated(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next key takes the place of the one for Teams. */
  synchronized void rotate() {
    published.remove("K1");
    publish("K4", List.of("msteams"));
  }

  /** The id of the key that signs what comes from Teams. */
  synchronized String teamsKey() {
    return published.containsKey("K4") ? "K4" : "K1";
  }

  /** The claims of a genuine token about activities with this service address. */
  Map<String, Object> claims(String audience, String serviceUrl) {
    Map<String, Object> claims = new LinkedHashMap<>();
    Date now = new Date(clock.millis());
    claims.put("iss", ISSUER);
    claims.put("aud", audience);
    claims.put("serviceurl", serviceUrl);
    claims.put("nbf", now);
    claims.put("exp", new Date(now.getTime() + 3_600_000));
    return claims;
  }

  /** A token signed with a published key. */
  synchronized String sign(String keyId, Map<String, Object> claims) {
    return signed(published.get(keyId).key(), claims);
  }

  static String signed(RSAKey key, Map<String, Object> claims) {
    try {
      var set = new JWTClaimsSet.Builder();
      claims.forEach(set::claim);
      var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), set.build());
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String name() {
    return "botframework";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().startsWith("/v1/.well-known/");
  }

  @Override
  public synchronized Answer answer(Call call) {
    return switch (call.method() + " " + call.path()) {
      case "GET " + METADATA ->
          Answer.json(200, Map.of(
              "issuer", ISSUER,
              "authorization_endpoint", "https://invalid.botframework.com",
              "jwks_uri", base + KEYS,
              "id_token_signing_alg_values_supported", List.of("RS256"),
              "token_endpoint_auth_methods_supported", List.of("private_key_jwt")));
      case "GET " + KEYS -> Answer.json(200, Map.of("keys", keys()));
      default -> Answer.unknown();
    };
  }

  private List<Map<String, Object>> keys() {
    List<Map<String, Object>> keys = new ArrayList<>();
    published.values().forEach(signing -> {
      Map<String, Object> key = new LinkedHashMap<>(signing.key().toPublicJWK().toJSONObject());
      key.put("x5t", signing.key().getKeyID());
      if (signing.endorsements() != null) {
        key.put("endorsements", signing.endorsements());
      }
      keys.add(key);
    });
    return keys;
  }
}
