package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Defender for Endpoint: machines, isolate, unisolate, machine actions, cancel. Contract MDE sections 2 to 4 and 11. */
final class SimulatedMde implements Service {
  private static final String AUDIENCE = "https://api.securitycenter.microsoft.com";
  private static final Pattern ACT = Pattern.compile("/api/machines/([^/]+)/(isolate|unisolate)");
  private static final Pattern MACHINE = Pattern.compile("/api/machines/([^/]+)");
  private static final Pattern ACTION = Pattern.compile("/api/machineactions/([^/]+)");
  private static final Pattern CANCEL = Pattern.compile("/api/machineactions/([^/]+)/cancel");
  private static final Pattern CLAUSE = Pattern.compile("(machineId|type|status) eq '([^']*)'|creationDateTimeUtc (ge|gt) ([0-9TZ:.-]+)");
  private static final Duration QUEUED_AT_MOST = Duration.ofHours(72);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** One action; its status follows from the clock until it is final. */
  private static final class Action {
    final String id = UUID.randomUUID().toString();
    final String type;
    final Devices.Device device;
    final String comment;
    final Instant created;
    Instant started;
    String ended;
    String cancelComment;

    Action(String type, Devices.Device device, String comment, Instant created) {
      this.type = type;
      this.device = device;
      this.comment = comment;
      this.created = created;
    }
  }

  private final Tokens tokens;
  private final SandboxClock clock;
  private final Devices devices;
  private volatile Duration lasts;
  private final List<Action> actions = new ArrayList<>();

  SimulatedMde(Tokens tokens, SandboxClock clock, Devices devices, Duration lasts) {
    this.tokens = tokens;
    this.clock = clock;
    this.devices = devices;
    this.lasts = lasts;
  }

  /** From now on every action that is not final takes this long. */
  void actionsLast(Duration duration) {
    lasts = duration;
  }

  /** The comments of all isolations that were ever taken, oldest first. */
  synchronized List<String> isolations() {
    return actions.stream().filter(action -> action.type.equals("Isolate")).map(action -> action.comment).toList();
  }

  @Override
  public String name() {
    return "mde";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().startsWith("/api/machine");
  }

  @Override
  public synchronized Answer answer(Call call) {
    var claims = tokens.check(call.bearer(), AUDIENCE);
    if (claims.isEmpty()) {
      return error(call.bearer().isEmpty() ? 401 : 403, call.bearer().isEmpty() ? "Unauthorized" : "Forbidden", "token");
    }
    Matcher act = ACT.matcher(call.path());
    Matcher cancel = CANCEL.matcher(call.path());
    Matcher machine = MACHINE.matcher(call.path());
    Matcher action = ACTION.matcher(call.path());
    if (call.method().equals("POST") && act.matches()) {
      return act(act.group(1), act.group(2).equals("isolate") ? "Isolate" : "Unisolate", call.json());
    }
    if (call.method().equals("POST") && cancel.matches()) {
      return cancel(cancel.group(1), call.json());
    }
    if (call.method().equals("GET") && machine.matches()) {
      return devices.byMdeId(machine.group(1)).map(device -> Answer.json(200, machine(device))).orElseGet(SimulatedMde::notFound);
    }
    if (call.method().equals("GET") && action.matches()) {
      return actions.stream().filter(a -> a.id.equals(action.group(1))).findFirst().map(a -> Answer.json(200, entity(a))).orElseGet(SimulatedMde::notFound);
    }
    return call.method().equals("GET") && call.path().equals("/api/machineactions") ? list(call.parameters()) : Answer.unknown();
  }

  private Answer act(String machineId, String type, JsonNode body) {
    Set<String> known = type.equals("Isolate") ? Set.of("Comment", "IsolationType") : Set.of("Comment");
    for (var names = body.fieldNames(); names.hasNext(); ) {
      if (!known.contains(names.next())) {
        return error(400, "InvalidRequestBody", "unknown field");
      }
    }
    if (!body.path("Comment").isTextual() || (type.equals("Isolate") && !body.path("IsolationType").isTextual())) {
      return error(400, "MissingRequiredParameter", "Comment, IsolationType");
    }
    if (type.equals("Isolate") && !body.path("IsolationType").asText().equals("Full")) {
      return error(400, "OsPlatformNotSupported", "Linux isolates fully");
    }
    var device = devices.byMdeId(machineId);
    if (device.isEmpty()) {
      return notFound();
    }
    if (actions.stream().anyMatch(a -> a.device == device.get() && a.type.equals(type) && !isFinal(status(a)))) {
      return error(400, "ActiveRequestAlreadyExists", "Action is already in progress");
    }
    Action action = new Action(type, device.get(), body.path("Comment").asText(), clock.instant());
    actions.add(action);
    return Answer.json(201, entity(action));
  }

  private Answer cancel(String id, JsonNode body) {
    Action action = actions.stream().filter(a -> a.id.equals(id)).findFirst().orElse(null);
    if (action == null) {
      return notFound();
    }
    if (!body.path("Comment").isTextual()) {
      return error(400, "MissingRequiredParameter", "Comment");
    }
    if (isFinal(status(action))) {
      return error(400, "BadRequest", "the action is final");
    }
    action.ended = "Cancelled";
    action.cancelComment = body.path("Comment").asText();
    return Answer.json(200, entity(action));
  }

  private Answer list(Map<String, String> parameters) {
    if (!Set.of("$filter", "$top", "$skip").containsAll(parameters.keySet())) {
      return error(400, "ODataError", "query");
    }
    List<Action> found = new ArrayList<>(actions);
    for (String clause : parameters.getOrDefault("$filter", "").split(" and ")) {
      Matcher matcher = CLAUSE.matcher(clause.trim());
      if (clause.isBlank()) {
        continue;
      }
      if (!matcher.matches()) {
        return error(400, "ODataError", "filter");
      }
      found.removeIf(action -> !fits(action, matcher));
    }
    return Answer.json(200, Map.of("@odata.context", "https://api.securitycenter.microsoft.com/api/$metadata#MachineActions", "value", found.stream().map(this::entity).toList()));
  }

  private boolean fits(Action action, Matcher clause) {
    if (clause.group(4) != null) {
      return !action.created.isBefore(Instant.parse(clause.group(4)));
    }
    return switch (clause.group(1)) {
      case "machineId" -> action.device.mdeId.equals(clause.group(2));
      case "type" -> action.type.equals(clause.group(2));
      default -> status(action).equals(clause.group(2));
    };
  }

  private String status(Action action) {
    if (action.ended != null) {
      return action.ended;
    }
    Instant now = clock.instant();
    if (action.started == null && action.device.online) {
      action.started = now.isBefore(action.created.plus(QUEUED_AT_MOST)) ? now : null;
    }
    if (action.started == null) {
      action.ended = now.isBefore(action.created.plus(QUEUED_AT_MOST)) ? null : "TimeOut";
      return action.ended == null ? "Pending" : action.ended;
    }
    Duration since = Duration.between(action.started, now);
    if (since.compareTo(lasts) >= 0) {
      action.ended = "Succeeded";
      return action.ended;
    }
    return since.compareTo(lasts.dividedBy(3)) >= 0 ? "InProgress" : "Pending";
  }

  private static boolean isFinal(String status) {
    return Set.of("Succeeded", "Failed", "TimeOut", "Cancelled").contains(status);
  }

  private Map<String, Object> entity(Action action) {
    Map<String, Object> entity = new LinkedHashMap<>();
    entity.put("id", action.id);
    entity.put("type", action.type);
    entity.put("title", null);
    entity.put("requestor", "cordon");
    entity.put("requestorComment", action.comment);
    entity.put("status", status(action));
    entity.put("machineId", action.device.mdeId);
    entity.put("computerDnsName", action.device.name + ".hosp.example");
    entity.put("creationDateTimeUtc", TIME.format(action.created));
    entity.put("lastUpdateDateTimeUtc", TIME.format(clock.instant()));
    entity.put("cancellationComment", action.cancelComment);
    entity.put("errorHResult", 0);
    entity.put("scope", action.type.equals("Isolate") ? "Full" : null);
    entity.put("externalId", null);
    entity.put("requestSource", "PublicApi");
    entity.put("commands", List.of());
    return entity;
  }

  private Map<String, Object> machine(Devices.Device device) {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("id", device.mdeId);
    machine.put("computerDnsName", device.name + ".hosp.example");
    machine.put("osPlatform", "Linux");
    machine.put("osBuild", null);
    machine.put("healthStatus", device.online ? "Active" : "Inactive");
    machine.put("onboardingStatus", "onboarded");
    machine.put("lastSeen", TIME.format(clock.instant()));
    machine.put("agentVersion", "101.25022.0001");
    machine.put("machineTags", List.of());
    machine.put("vmMetadata", null);
    return machine;
  }

  private static Answer notFound() {
    return error(404, "ResourceNotFound", "no such resource");
  }

  private static Answer error(int status, String code, String message) {
    return Answer.json(status, Map.of("error", Map.of("code", code, "message", message, "target", UUID.randomUUID().toString())));
  }
}
