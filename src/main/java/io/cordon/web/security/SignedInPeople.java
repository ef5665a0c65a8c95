package io.cordon.web.security;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Takes the person from the checked id token alone; nothing else is asked. */
final class SignedInPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {
  private final EntraProperties entra;

  SignedInPeople(EntraProperties entra) {
    this.entra = entra;
  }

  @Override
  public OidcUser loadUser(OidcUserRequest request) {
    OidcIdToken token = request.getIdToken();
    if (!entra.tenantId().equals(token.getClaimAsString("tid")) || token.getClaimAsString("oid") == null) {
      throw new OAuth2AuthenticationException(new OAuth2Error("wrong_tenant"));
    }
    return new DefaultOidcUser(Tokens.authorities(true, Tokens.strings(token.getClaim("roles"))), token, "oid");
  }
}
