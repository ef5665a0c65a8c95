package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The people of the tenant in Microsoft Graph: account, app roles, groups. Contract Teams/PagerDuty 11.7 and Sentinel/Graph/Arc 6. */
final class SimulatedDirectory {
  static final String READ_ACCOUNTS = "User.Read.All";
  static final String READ_GROUPS = "GroupMember.Read.All";
  static final String READ_ROLES = "Directory.Read.All";

  /** What can happen to an account. */
  enum Change {
    NONE,
    DISABLED,
    GUEST,
    WITHOUT_ROLE,
    WITHOUT_GROUPS,
    DELETED
  }

  private static final String PRINCIPAL = "55555555-5555-4555-8555-555555555555";
  private static final Pattern USER = Pattern.compile("/v1\\.0/users/([0-9a-fA-F-]+)(/checkMemberGroups|/appRoleAssignments)?");
  private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int MOST_GROUPS = 20;

  private final Map<String, Change> changes = new ConcurrentHashMap<>();

  /** Does this to the account of the person with this name; false when there is none. */
  boolean change(String name, Change change) {
    boolean known = People.all().containsKey(name);
    if (known) {
      changes.put(name, change);
    }
    return known;
  }

  boolean serves(Call call) {
    return USER.matcher(call.path()).matches() || call.path().equals("/v1.0/servicePrincipals(appId='" + People.CORDON + "')");
  }

  Answer answer(Call call, List<?> granted) {
    Matcher user = USER.matcher(call.path());
    if (!user.matches()) {
      return granted.contains(READ_ROLES) && call.method().equals("GET") && onlySelects(call, "id,appRoles") ? principal() : refused(granted, READ_ROLES);
    }
    Optional<People.Person> person = People.all().values().stream().filter(one -> one.oid().equals(user.group(1))).findFirst();
    Change change = person.map(one -> changes.getOrDefault(one.name(), Change.NONE)).orElse(Change.DELETED);
    return switch (call.method() + " " + user.group(2)) {
      case "GET null" -> granted.contains(READ_ACCOUNTS) && onlySelects(call, "id,displayName,accountEnabled,userType")
          ? found(person, change, one -> account(one, change)) : refused(granted, READ_ACCOUNTS);
      case "POST /checkMemberGroups" -> granted.containsAll(Set.of(READ_ACCOUNTS, READ_GROUPS))
          ? found(person, change, one -> groups(one, change, call.json().path("groupIds"))) : refused(granted, READ_GROUPS);
      case "GET /appRoleAssignments" -> granted.contains(READ_ROLES) && isComplete(call)
          ? found(person, change, one -> roles(one, change)) : refused(granted, READ_ROLES);
      default -> Answer.unknown();
    };
  }

  private interface View {
    Answer of(People.Person person);
  }

  private static Answer found(Optional<People.Person> person, Change change, View view) {
    return change == Change.DELETED ? error(404, "Request_ResourceNotFound", "Resource does not exist.") : view.of(person.orElseThrow());
  }

  private static Answer account(People.Person person, Change change) {
    return Answer.json(200, Map.of("id", person.oid(), "displayName", person.name(), "accountEnabled", change != Change.DISABLED,
        "userType", change == Change.GUEST ? "Guest" : "Member"));
  }

  /** One malformed id fails them all. */
  private static Answer groups(People.Person person, Change change, JsonNode asked) {
    List<String> ids = StreamSupport.stream(asked.spliterator(), false).map(JsonNode::asText).toList();
    if (ids.isEmpty() || ids.size() > MOST_GROUPS || !ids.stream().allMatch(id -> GUID.matcher(id).matches())) {
      return error(400, "Request_BadRequest", "Invalid object identifiers.");
    }
    return Answer.json(200, Map.of("value", change == Change.WITHOUT_GROUPS ? List.of() : ids.stream().filter(person.groups()::contains).toList()));
  }

  /** Roles of other applications are listed too. */
  private static Answer roles(People.Person person, Change change) {
    List<Map<String, Object>> given = new ArrayList<>();
    given.add(assignment(person, "66666666-6666-4666-8666-666666666666", "00000000-0000-0000-0000-000000000000"));
    if (change != Change.WITHOUT_ROLE) {
      given.add(assignment(person, PRINCIPAL, roleId(person.role())));
    }
    return Answer.json(200, Map.of("@odata.count", given.size(), "value", given));
  }

  private static Map<String, Object> assignment(People.Person person, String resource, String role) {
    return Map.of("principalId", person.oid(), "principalType", "User", "resourceId", resource, "appRoleId", role);
  }

  private static Answer principal() {
    List<Map<String, Object>> roles =
        People.all().values().stream().map(People.Person::role).distinct()
            .map(role -> Map.<String, Object>of("id", roleId(role), "value", role, "isEnabled", true, "allowedMemberTypes", List.of("User")))
            .toList();
    return Answer.json(200, Map.of("id", PRINCIPAL, "appRoles", roles));
  }

  private static String roleId(String role) {
    return UUID.nameUUIDFromBytes(role.getBytes()).toString();
  }

  private static boolean onlySelects(Call call, String fields) {
    return call.parameters().equals(Map.of("$select", fields));
  }

  private static boolean isComplete(Call call) {
    return call.parameters().equals(Map.of("$count", "true", "$top", "999")) && "eventual".equals(call.headers().get("consistencylevel"));
  }

  private static Answer refused(List<?> granted, String needed) {
    return granted.contains(needed)
        ? error(400, "BadRequest", "A query option is not understood.")
        : error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
  }

  private static Answer error(int status, String code, String message) {
    return Answer.json(status, Map.of("error", Map.of("code", code, "message", message, "innerError", Map.of("request-id", "sandbox"))));
  }
}
