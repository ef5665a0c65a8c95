package io.cordon.web.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The two answers the API's filter gives before any controller; fixed texts, nothing of the request in them. */
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
