package io.cordon.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may call Defender: a live token for it, with the role the call needs. Contract MDE sections 1 and 11. */
final class MdeAccess {
  static final String AUDIENCE = "https://api.securitycenter.microsoft.com";
  static final String READ = "Machine.Read.All";
  static final String ISOLATE = "Machine.Isolate";
  static final String LIVE_RESPONSE = "Machine.LiveResponse";
  /** There is no smaller permission to list the library. */
  static final String LIBRARY = "Library.Manage";

  private final Tokens tokens;

  MdeAccess(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The refusal a bearer gets for a call that needs this role; empty when it may call. */
  Optional<Answer> refusal(String bearer, String role) {
    Optional<Map<String, Object>> claims = tokens.claims(bearer);
    if (claims.isEmpty()) {
      return Optional.of(MdeErrors.of(401, "Unauthorized", "the token is missing or expired"));
    }
    boolean ours = List.of(AUDIENCE).equals(claims.get().get("aud"));
    boolean may = claims.get().get("roles") instanceof List<?> roles && roles.contains(role);
    return ours && may ? Optional.empty() : Optional.of(MdeErrors.of(403, "Forbidden", "the token does not allow this"));
  }
}
