package io.cordon.platform.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Graph v1.0 over HTTP: three reads a person, and one of our own application an hour. */
final class EntraPeopleHttp implements EntraPeople {
  private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Duration ROLES_KEPT = Duration.ofHours(1);
  /** Without both Graph may leave out roles that come from groups. */
  private static final Map<String, String> COMPLETE = Map.of("ConsistencyLevel", "eventual");

  private final GraphSettings settings;
  private final String clientId;
  private final AccessTokens tokens;
  private final JsonHttp http;
  private final Clock clock;
  private volatile OwnRoles known;

  EntraPeopleHttp(GraphSettings settings, String clientId, AccessTokens tokens, JsonHttp http, Clock clock) {
    this.settings = settings;
    this.clientId = clientId;
    this.tokens = tokens;
    this.http = http;
    this.clock = clock;
  }

  /** Our application in this tenant and the values of its roles by their ids. */
  private record OwnRoles(String principal, Map<String, String> values, Instant readAt) {}

  @Override
  public Optional<EntraPerson> find(String oid, Collection<String> groupIds) {
    if (!GUID.matcher(oid).matches()) {
      return Optional.empty();
    }
    String user = "/users/" + oid;
    JsonResponse account = ask(get("user", user + "?$select=id,displayName,accountEnabled,userType", Map.of()));
    if (account.status() == 404) {
      return Optional.empty();
    }
    JsonNode about = body(account);
    if (!about.path("accountEnabled").isBoolean()) {
      throw new DirectoryUnavailable("UNREADABLE");
    }
    return Optional.of(
        new EntraPerson(
            about.path("displayName").asText(""),
            about.path("accountEnabled").asBoolean(),
            !"Member".equals(about.path("userType").asText()),
            roles(user),
            groups(user, groupIds)));
  }

  private Set<String> groups(String user, Collection<String> groupIds) {
    if (groupIds.isEmpty()) {
      return Set.of();
    }
    JsonNode body =
        body(ask(RestCall.post("graph", "checkMemberGroups", url(user + "/checkMemberGroups"), Map.of("groupIds", Set.copyOf(groupIds)))));
    return all(body).map(JsonNode::asText).filter(groupIds::contains).collect(Collectors.toSet());
  }

  private Set<String> roles(String user) {
    OwnRoles own = ownRoles();
    JsonNode body = body(ask(get("appRoleAssignments", user + "/appRoleAssignments?$count=true&$top=999", COMPLETE)));
    return all(body)
        .filter(given -> own.principal().equals(given.path("resourceId").asText()))
        .map(given -> own.values().getOrDefault(given.path("appRoleId").asText(), ""))
        .filter(value -> !value.isEmpty())
        .collect(Collectors.toSet());
  }

  private OwnRoles ownRoles() {
    OwnRoles held = known;
    if (held == null || !clock.instant().isBefore(held.readAt().plus(ROLES_KEPT))) {
      JsonNode body = body(ask(get("servicePrincipal", "/servicePrincipals(appId='" + clientId + "')?$select=id,appRoles", Map.of())));
      Map<String, String> values = new HashMap<>();
      for (JsonNode role : body.path("appRoles")) {
        if (role.path("isEnabled").asBoolean()) {
          values.put(role.path("id").asText(), role.path("value").asText(""));
        }
      }
      held = new OwnRoles(body.path("id").asText(), values, clock.instant());
      known = held;
    }
    return held;
  }

  /** A list that goes on elsewhere is not read half. */
  private static Stream<JsonNode> all(JsonNode body) {
    if (!body.path("value").isArray() || body.has("@odata.nextLink")) {
      throw new DirectoryUnavailable("UNREADABLE");
    }
    return StreamSupport.stream(body.path("value").spliterator(), false);
  }

  private RestCall get(String operation, String path, Map<String, String> headers) {
    return new RestCall("graph", operation, "GET", url(path), null, headers, null);
  }

  private String url(String path) {
    return settings.baseUrl() + "/v1.0" + path;
  }

  private static JsonNode body(JsonResponse response) {
    if (!response.isSuccess()) {
      throw new DirectoryUnavailable("STATUS_" + response.status());
    }
    if (!response.body().isObject()) {
      throw new DirectoryUnavailable("UNREADABLE");
    }
    return response.body();
  }

  private JsonResponse ask(RestCall call) {
    try {
      JsonResponse response = http.exchange(call.withBearer(tokens.bearer(settings.scope())));
      if (response.status() == 401) {
        tokens.forget(settings.scope());
      }
      return response;
    } catch (TokenUnavailable e) {
      throw new DirectoryUnavailable("NO_TOKEN");
    } catch (NotSent | AmbiguousSend e) {
      throw new DirectoryUnavailable("NO_ANSWER");
    }
  }
}
