package io.cordon.web.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** Sends people to sign in; those who must prove anew who they are with {@code prompt=login}, and the site's context if it has one. */
final class FreshSignInRequests implements OAuth2AuthorizationRequestResolver {
  static final String FRESH = "fresh";

  private final OAuth2AuthorizationRequestResolver usual;
  private final String context;

  FreshSignInRequests(OAuth2AuthorizationRequestResolver usual, String context) {
    this.usual = usual;
    this.context = context;
  }

  @Override
  public OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
    return fresh(request, usual.resolve(request));
  }

  @Override
  public OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registration) {
    return fresh(request, usual.resolve(request, registration));
  }

  private OAuth2AuthorizationRequest fresh(HttpServletRequest request, OAuth2AuthorizationRequest asked) {
    if (asked == null || request.getParameter(FRESH) == null) {
      return asked;
    }
    return OAuth2AuthorizationRequest.from(asked)
        .additionalParameters(more -> {
          more.put("prompt", "login");
          if (!context.isEmpty()) {
            more.put("claims", "{\"id_token\":{\"acrs\":{\"essential\":true,\"value\":\"" + context + "\"}}}");
          }
        })
        .build();
  }
}
