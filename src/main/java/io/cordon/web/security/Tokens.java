package io.cordon.web.security;

import io.cordon.platform.people.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

/** What makes a token ours, and what it allows. */
final class Tokens {
  static final String PERSON = "PERSON";
  static final Duration SKEW = Duration.ofSeconds(60);

  private Tokens() {}

  /** Time, issuer, audience and tenant; the signature and its algorithm are the decoder's. */
  static OAuth2TokenValidator<Jwt> accessToken(EntraProperties entra) {
    return new DelegatingOAuth2TokenValidator<>(
        times(),
        new JwtIssuerValidator(entra.issuer()),
        new JwtClaimValidator<Collection<String>>("aud", aud -> aud != null && aud.contains(entra.clientId())),
        tenant(entra),
        new JwtClaimValidator<Object>("oid", oid -> oid instanceof String text && !text.isBlank()));
  }

  static JwtTimestampValidator times() {
    return new JwtTimestampValidator(SKEW);
  }

  static OAuth2TokenValidator<Jwt> tenant(EntraProperties entra) {
    return new JwtClaimValidator<Object>("tid", tid -> entra.tenantId().equals(tid));
  }

  /** A token with a scope speaks for a person; one without is an application, and may only send alerts. */
  static Collection<GrantedAuthority> authorities(Jwt jwt) {
    Object scope = jwt.getClaim("scp");
    boolean delegated = scope instanceof String text && !text.isBlank();
    return authorities(delegated, strings(jwt.getClaim("roles")));
  }

  static Collection<GrantedAuthority> authorities(boolean person, Collection<String> claimed) {
    List<GrantedAuthority> granted = new ArrayList<>();
    if (person) {
      granted.add(new SimpleGrantedAuthority(PERSON));
    }
    for (Role role : Role.values()) {
      boolean forApplications = role == Role.ALERTS_SEND;
      if (claimed.contains(role.claim()) && person != forApplications) {
        granted.add(new SimpleGrantedAuthority("ROLE_" + role.claim()));
      }
    }
    return granted;
  }

  static List<String> strings(Object claim) {
    if (!(claim instanceof Collection<?> values)) {
      return List.of();
    }
    return values.stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }
}
