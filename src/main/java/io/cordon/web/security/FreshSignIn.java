package io.cordon.web.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.stereotype.Component;

/**
 * Whether somebody proved a moment ago who they are, for approvals whose policy says STEP_UP. Entra says when in {@code auth_time}
 * and, where the site uses authentication contexts, how in {@code acrs}; without that nothing counts as fresh.
 */
@Component
public class FreshSignIn {
  /** How long a sign-in counts. */
  public static final Duration COUNTS = Duration.ofMinutes(10);

  private static final Duration AHEAD = Duration.ofMinutes(1);

  private final String context;
  private final Clock clock;

  FreshSignIn(@Value("${cordon.entra.step-up-context:}") String context, Clock clock) {
    this.context = context;
    this.clock = clock;
  }

  /** Whether whoever signed in did so within the last minutes, in the way the site asks for. */
  public boolean is(Authentication who) {
    if (who == null || !(who.getPrincipal() instanceof ClaimAccessor claims)) {
      return false;
    }
    Instant at = instant(claims.getClaims().get("auth_time"));
    Instant now = clock.instant();
    boolean recent = at != null && at.isAfter(now.minus(COUNTS)) && at.isBefore(now.plus(AHEAD));
    return recent && (context.isEmpty() || has(claims.getClaims().get("acrs")));
  }

  private boolean has(Object acrs) {
    return acrs instanceof Collection<?> several ? several.contains(context) : context.equals(acrs);
  }

  private static Instant instant(Object claim) {
    if (claim instanceof Number seconds) {
      return Instant.ofEpochSecond(seconds.longValue());
    }
    return claim instanceof Date date ? date.toInstant() : claim instanceof Instant instant ? instant : null;
  }
}
