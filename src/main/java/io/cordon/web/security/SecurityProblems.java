package io.cordon.web.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The answers the API's filter gives before any controller; fixed texts, nothing of the request in them. */
final class SecurityProblems {
  private SecurityProblems() {}

  static void unauthenticated(HttpServletResponse response) throws IOException {
    response.setHeader("WWW-Authenticate", "Bearer");
    write(
        response,
        401,
        "NOT_SIGNED_IN",
        "Not signed in",
        "The call carried no token, or one that is expired or not for this service. Nothing was done. Get a new token and call again.");
  }

  /** Whose token it is cannot be said while Entra's keys cannot be read; a sender that tries again loses nothing. */
  static void keysAway(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", "30");
    write(
        response,
        503,
        "SIGN_IN_AWAY",
        "Sign-in cannot be checked now",
        "The keys that prove a token could not be read from Microsoft Entra. Nothing was done. Send the same call again in half a minute.");
  }

  static void denied(HttpServletResponse response) throws IOException {
    write(
        response,
        403,
        "NOT_ALLOWED",
        "Not allowed",
        "This account may not make this call. Nothing was done. Ask the platform administrator for the role it needs.");
  }

  private static void write(HttpServletResponse response, int status, String code, String title, String detail)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/problem+json");
    String json =
        "{\"type\":\"about:blank\",\"status\":%d,\"code\":\"%s\",\"title\":\"%s\",\"detail\":\"%s\"}"
            .formatted(status, code, title, detail);
    response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
  }
}
