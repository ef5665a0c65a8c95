package io.cordon.web.security;

import io.cordon.platform.people.Person;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;

/** Turns whoever signed in, on the console or by a token, into a {@link Person}. */
public final class CurrentPerson {
  private CurrentPerson() {}

  /** The person, who must be there: the access table lets nobody else reach the callers of this. */
  public static Person of(Authentication authentication) {
    return find(authentication)
        .orElseThrow(() -> new IllegalStateException("no person is signed in; the access table is wrong"));
  }

  public static Optional<Person> find(Authentication authentication) {
    if (authentication == null || !(authentication.getPrincipal() instanceof ClaimAccessor claims)) {
      return Optional.empty();
    }
    boolean person = authentication.getAuthorities().stream().anyMatch(a -> Tokens.PERSON.equals(a.getAuthority()));
    String tid = claims.getClaimAsString("tid");
    String oid = claims.getClaimAsString("oid");
    if (!person || tid == null || tid.isBlank() || oid == null || oid.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        new Person(
            tid,
            oid,
            claims.getClaimAsString("name"),
            Set.copyOf(Tokens.strings(claims.getClaims().get("roles"))),
            Set.copyOf(Tokens.strings(claims.getClaims().get("groups"))),
            claims.getClaimAsInstant("iat")));
  }
}
