package io.cordon.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signs and checks the tokens of the simulated Entra. */
final class Tokens {
  static final int LIFE_SECONDS = 3599;

  private final RSAKey key;
  private final Clock clock;

  Tokens(Clock clock) {
    this.clock = clock;
    try {
      this.key = new RSAKeyGenerator(2048).keyID("sandbox-1").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A signed token with these claims and the usual times. */
  String sign(Map<String, Object> claims) {
    try {
      long now = clock.millis();
      var set = new JWTClaimsSet.Builder().issueTime(new Date(now)).notBeforeTime(new Date(now)).expirationTime(new Date(now + LIFE_SECONDS * 1000L));
      claims.forEach(set::claim);
      var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), set.build());
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The claims of a token that is ours, in time and for this audience. */
  Optional<Map<String, Object>> check(String token, String audience) {
    return claims(token).filter(claims -> List.of(audience).equals(claims.get("aud")));
  }

  /** The claims of a token that is ours and in time, whoever it is for. */
  Optional<Map<String, Object>> claims(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      boolean good = jwt.verify(new RSASSAVerifier(key)) && claims.getExpirationTime().getTime() > clock.millis();
      return good ? Optional.of(claims.getClaims()) : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  Map<String, Object> publicKeys() {
    return new JWKSet(key.toPublicJWK()).toJSONObject();
  }
}
