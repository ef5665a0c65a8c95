package io.cordon.channels.teams.answers;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Checks the token the Connector sends with every call. There is no way to switch this off. Contract teams-pagerduty, section 1.7. */
final class ConnectorTokens {
  static final Duration SKEW = Duration.ofMinutes(5);
  private static final int LONGEST = 16 * 1024;

  private final ConnectorKeys keys;
  private final String issuer;
  private final String botAppId;
  private final Clock clock;

  ConnectorTokens(ConnectorKeys keys, String issuer, String botAppId, Clock clock) {
    this.keys = keys;
    this.issuer = issuer;
    this.botAppId = botAppId;
    this.clock = clock;
  }

  /**
   * What the token of this header says.
   *
   * @throws TokenRefused unless everything about it is right
   */
  VerifiedCall verify(String authorization) {
    if (authorization == null || !authorization.startsWith("Bearer ") || authorization.length() > LONGEST) {
      throw new TokenRefused("MISSING");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(authorization.substring("Bearer ".length()).strip());
      ConnectorKeys.Key key = signedWith(jwt);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      require(issuer.equals(claims.getIssuer()), "ISSUER");
      require(botAppId != null && List.of(botAppId).equals(claims.getAudience()), "AUDIENCE");
      requireInTime(claims);
      return new VerifiedCall(
          jwt.getHeader().getKeyID(), serviceUrl(claims), key.endorsements(), claims.getExpirationTime().toInstant());
    } catch (ParseException | JOSEException e) {
      throw new TokenRefused("UNREADABLE");
    }
  }

  private ConnectorKeys.Key signedWith(SignedJWT jwt) throws JOSEException {
    require(JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm()), "ALGORITHM");
    require(jwt.getHeader().getKeyID() != null, "KEY");
    ConnectorKeys.Key key = keys.find(jwt.getHeader().getKeyID()).orElseThrow(() -> new TokenRefused("KEY"));
    require(jwt.verify(new RSASSAVerifier(key.key())), "SIGNATURE");
    return key;
  }

  private void requireInTime(JWTClaimsSet claims) {
    Instant now = clock.instant();
    Date from = claims.getNotBeforeTime();
    Date to = claims.getExpirationTime();
    require(to != null && now.isBefore(to.toInstant().plus(SKEW)), "EXPIRED");
    require(from == null || !now.isBefore(from.toInstant().minus(SKEW)), "NOT_YET");
  }

  // written serviceUrl in the documentation and serviceurl in real tokens
  private static String serviceUrl(JWTClaimsSet claims) {
    for (Map.Entry<String, Object> claim : claims.getClaims().entrySet()) {
      if (claim.getKey().equalsIgnoreCase("serviceurl") && claim.getValue() instanceof String url && !url.isBlank()) {
        return url;
      }
    }
    throw new TokenRefused("SERVICE_URL");
  }

  private static void require(boolean good, String reason) {
    if (!good) {
      throw new TokenRefused(reason);
    }
  }
}
