package io.cordon.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Entra: a page to choose who one is, code flow with PKCE, client credentials, keys. Contract Teams/PagerDuty 11.1. */
final class SimulatedEntra implements Service {
  private record Code(People.Person person, String redirectUri, String challenge, String nonce) {}

  private final Tokens tokens;
  private final Clock clock;
  private final String tenantUrl;
  private final String issuer;
  private final Map<String, Code> codes = new ConcurrentHashMap<>();

  SimulatedEntra(Tokens tokens, Clock clock, String authorityHost) {
    this.tokens = tokens;
    this.clock = clock;
    this.tenantUrl = authorityHost + "/" + People.TENANT;
    this.issuer = tenantUrl + "/v2.0";
  }

  @Override
  public String name() {
    return "entra";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().startsWith("/" + People.TENANT + "/");
  }

  @Override
  public Answer answer(Call call) {
    String path = call.path().substring(People.TENANT.length() + 1);
    return switch (call.method() + " " + path) {
      case "GET /oauth2/v2.0/authorize" -> authorize(call);
      case "POST /oauth2/v2.0/token" -> token(call);
      case "GET /v2.0/.well-known/openid-configuration" -> Answer.json(200, metadata());
      case "GET /discovery/v2.0/keys" -> Answer.json(200, tokens.publicKeys());
      default -> Answer.unknown();
    };
  }

  private Map<String, Object> metadata() {
    return Map.of(
        "issuer", issuer,
        "authorization_endpoint", tenantUrl + "/oauth2/v2.0/authorize",
        "token_endpoint", tenantUrl + "/oauth2/v2.0/token",
        "jwks_uri", tenantUrl + "/discovery/v2.0/keys",
        "response_types_supported", List.of("code"),
        "subject_types_supported", List.of("pairwise"),
        "scopes_supported", List.of("openid", "profile"),
        "id_token_signing_alg_values_supported", List.of("RS256"),
        "token_endpoint_auth_methods_supported", List.of("client_secret_post", "client_secret_basic"));
  }

  private Answer authorize(Call call) {
    Map<String, String> asked = call.parameters();
    if (!People.CORDON.equals(asked.get("client_id")) || !"code".equals(asked.get("response_type")) || !isOurs(asked.get("redirect_uri"))) {
      return Answer.json(400, Map.of("error", "invalid_request", "error_description", "AADSTS900144: a parameter is missing or wrong"));
    }
    String chosen = asked.get("sandbox_person");
    return chosen == null ? SignInPage.of(call.query()) : signIn(People.all().get(chosen), asked);
  }

  private static boolean isOurs(String redirect) {
    return redirect != null && redirect.matches("http://(localhost|127\\.0\\.0\\.1):\\d+/login/oauth2/code/entra");
  }

  private Answer signIn(People.Person person, Map<String, String> asked) {
    if (person == null) {
      return Answer.unknown();
    }
    String code = UUID.randomUUID().toString();
    codes.put(code, new Code(person, asked.get("redirect_uri"), asked.get("code_challenge"), asked.get("nonce")));
    String state = URLEncoder.encode(asked.getOrDefault("state", ""), StandardCharsets.UTF_8);
    return Answer.redirect(asked.get("redirect_uri") + "?code=" + code + "&state=" + state);
  }

  private Answer token(Call call) {
    Map<String, String> form = call.form();
    String basic = call.headers().getOrDefault("authorization", "");
    if (basic.startsWith("Basic ")) {
      String[] pair = new String(Base64.getDecoder().decode(basic.substring(6)), StandardCharsets.UTF_8).split(":", 2);
      form.putIfAbsent("client_id", pair[0]);
      form.putIfAbsent("client_secret", pair.length > 1 ? pair[1] : "");
    }
    Applications.Application client = Applications.of(form.get("client_id"));
    if (client == null) {
      return refused(400, "unauthorized_client", 700016, "no such application");
    }
    if (!client.secret().equals(form.get("client_secret"))) {
      return refused(401, "invalid_client", 7000215, "wrong client secret");
    }
    return switch (form.getOrDefault("grant_type", "")) {
      case "authorization_code" -> redeem(client, form);
      case "client_credentials" -> clientCredentials(client, form);
      default -> refused(400, "unsupported_grant_type", 70003, "the grant type is not known");
    };
  }

  private Answer redeem(Applications.Application client, Map<String, String> form) {
    Code code = codes.remove(form.getOrDefault("code", ""));
    if (code == null || !People.CORDON.equals(client.id()) || !code.redirectUri().equals(form.get("redirect_uri")) || !proves(code.challenge(), form.get("code_verifier"))) {
      return refused(400, "invalid_grant", 70008, "the code is used, expired or not yours");
    }
    Map<String, Object> id = delegated(code.person());
    if (code.nonce() != null) {
      id.put("nonce", code.nonce());
    }
    return Answer.json(200, Map.of("token_type", "Bearer", "expires_in", Tokens.LIFE_SECONDS, "scope", "openid profile",
        "access_token", personToken(code.person()), "id_token", tokens.sign(id)));
  }

  private static boolean proves(String challenge, String verifier) {
    if (challenge == null) {
      return true;
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(String.valueOf(verifier).getBytes(StandardCharsets.US_ASCII));
      return challenge.equals(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer clientCredentials(Applications.Application client, Map<String, String> form) {
    // client libraries add openid, profile and offline_access to the one scope that counts
    String resource =
        Stream.of(form.getOrDefault("scope", "").split(" "))
            .filter(scope -> scope.endsWith("/.default"))
            .map(scope -> scope.substring(0, scope.length() - "/.default".length()))
            .findFirst()
            .orElse("");
    if (!client.resources().containsKey(resource)) {
      return refused(400, "invalid_scope", 70011, "the scope is not valid");
    }
    String token = applicationToken(client, resource);
    return Answer.json(200, Map.of("token_type", "Bearer", "expires_in", Tokens.LIFE_SECONDS, "ext_expires_in", Tokens.LIFE_SECONDS, "access_token", token));
  }

  /** A delegated token of a person for Cordon's API. */
  String personToken(People.Person person) {
    Map<String, Object> claims = delegated(person);
    claims.put("scp", "access_as_user");
    return tokens.sign(claims);
  }

  /** The token of what sends Sentinel's alerts, for Cordon's API. */
  String forwarderToken() {
    return applicationToken(Applications.of(Applications.FORWARDER), People.CORDON);
  }

  private String applicationToken(Applications.Application client, String resource) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", issuer);
    claims.put("aud", resource);
    claims.put("tid", People.TENANT);
    claims.put("appid", client.id());
    claims.put("azp", client.id());
    claims.put("oid", UUID.nameUUIDFromBytes(client.id().getBytes(StandardCharsets.UTF_8)).toString());
    claims.put("sub", client.id());
    claims.put("roles", client.resources().get(resource));
    return tokens.sign(claims);
  }

  private Map<String, Object> delegated(People.Person person) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", issuer);
    claims.put("aud", People.CORDON);
    claims.put("tid", People.TENANT);
    claims.put("oid", person.oid());
    claims.put("sub", person.oid());
    claims.put("azp", People.CORDON);
    claims.put("auth_time", clock.instant().getEpochSecond());
    claims.put("name", person.name());
    claims.put("preferred_username", person.name() + "@hosp.example");
    claims.put("roles", List.of(person.role()));
    claims.put("groups", person.groups());
    return claims;
  }

  private static Answer refused(int status, String error, int code, String why) {
    return Answer.json(status, Map.of("error", error, "error_description", "AADSTS" + code + ": " + why, "error_codes", List.of(code)));
  }
}
