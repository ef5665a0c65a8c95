package io.cordon.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session whose sign-in is too old, as if it had run out: pages ask for news by themselves, so an open tab is never
 * idle, and the roles of a session are those of its sign-in.
 */
final class SessionLimit extends OncePerRequestFilter {
  /** Where Entra sends people back to: what is asked there belongs to the session that asked. */
  private static final String BACK = "/login/oauth2/";

  private final Duration longest;
  private final Clock clock;

  SessionLimit(Duration longest, Clock clock) {
    this.longest = longest;
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
    if (isOver(SecurityContextHolder.getContext().getAuthentication())) {
      HttpSession session = request.getSession(false);
      if (session != null) {
        session.invalidate();
      }
      SecurityContextHolder.clearContext();
    }
    chain.doFilter(request, response);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getRequestURI().substring(request.getContextPath().length()).startsWith(BACK);
  }

  private boolean isOver(Authentication who) {
    if (who == null || !(who.getPrincipal() instanceof OidcUser person)) {
      return false;
    }
    Instant signedIn = person.getIdToken().getIssuedAt();
    return signedIn == null || !clock.instant().isBefore(signedIn.plus(longest));
  }
}
