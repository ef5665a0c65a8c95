package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Live response with RunScript, the library and the transcripts of what ran. Contract MDE sections 5 and 11. */
final class MdeLiveResponse {
  private static final Duration LINK_LIVES = Duration.ofMinutes(30);
  private static final int SESSIONS = 25;

  /** A link to a transcript, as long as it works. */
  private record Link(String actionId, Instant until) {}

  private final Devices devices;
  private final MdeActions actions;
  private final Clock clock;
  private final Map<String, String> library = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> commands = new ConcurrentHashMap<>();
  private final Map<String, Link> links = new ConcurrentHashMap<>();
  private final Map<String, Integer> ended = new ConcurrentHashMap<>();
  private volatile Function<String, Integer> script = arguments -> 0;

  MdeLiveResponse(Devices devices, MdeActions actions, Clock clock) {
    this.devices = devices;
    this.actions = actions;
    this.clock = clock;
  }

  /** Puts a script with this sha256 into the library, in place of an older one. */
  void upload(String name, String sha256) {
    library.put(name, sha256);
  }

  /** What the script does with its arguments on any machine, as its exit code; it runs when its transcript is first read. */
  void scripts(Function<String, Integer> does) {
    script = does;
  }

  /** The arguments of every run that a machine took, oldest first. */
  List<String> runs() {
    return actions.taken().stream().filter(action -> action.type.equals("LiveResponse")).map(action -> arguments(action.id)).toList();
  }

  synchronized Answer run(String machineId, Call call) {
    JsonNode body = call.json();
    Optional<Devices.Device> device = devices.byMdeId(machineId);
    if (!body.path("Comment").isTextual() || !body.path("Commands").isArray() || body.size() != 2) {
      return MdeErrors.of(400, "InvalidRequestBody", "Commands and Comment");
    }
    JsonNode command = body.at("/Commands/0");
    if (body.path("Commands").size() != 1 || !"RunScript".equals(command.path("type").asText()) || !library.containsKey(parameter(command, "ScriptName"))) {
      return MdeErrors.of(400, "InvalidInput", "one RunScript of the library");
    }
    if (device.isEmpty()) {
      return MdeErrors.notFound();
    }
    if (actions.open("LiveResponse", device.get()).isPresent()) {
      return MdeErrors.of(400, "ActiveRequestAlreadyExists", "Action is already in progress");
    }
    if (actions.taken().stream().filter(one -> one.type.equals("LiveResponse") && !one.isFinal()).count() >= SESSIONS) {
      return MdeErrors.throttled(60);
    }
    MdeAction action = actions.add("LiveResponse", device.get(), body.path("Comment").asText(), call.hiddenFor());
    commands.put(action.id, command);
    return MdeEntities.one(201, "MachineActions", MdeEntities.action(action));
  }

  private static String parameter(JsonNode command, String key) {
    for (JsonNode one : command.path("params")) {
      if (one.path("key").asText().equals(key)) {
        return one.path("value").asText();
      }
    }
    return "";
  }

  private String arguments(String actionId) {
    return parameter(commands.get(actionId), "Args");
  }

  /** A link to what the script left behind, once it has ended. */
  Answer link(String actionId, String base) {
    Optional<MdeAction> action = actions.find(actionId).filter(one -> one.status().equals("Succeeded") && commands.containsKey(one.id));
    if (action.isEmpty()) {
      return MdeErrors.notFound();
    }
    String secret = UUID.randomUUID().toString();
    links.put(secret, new Link(actionId, clock.instant().plus(LINK_LIVES)));
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("@odata.context", "https://api.securitycenter.microsoft.com/api/$metadata#Edm.String");
    whole.put("value", base + "/transcripts/" + actionId + ".json?sig=" + secret);
    return Answer.json(200, whole);
  }

  /** Whoever has the link gets the transcript. */
  Answer transcript(Call call) {
    Link link = links.get(call.parameters().getOrDefault("sig", ""));
    if (link == null || clock.instant().isAfter(link.until()) || !call.path().contains(link.actionId())) {
      return Answer.json(403, Map.of("error", Map.of("code", "AuthenticationFailed")));
    }
    String arguments = arguments(link.actionId());
    Map<String, Object> transcript = new LinkedHashMap<>();
    transcript.put("script_name", parameter(commands.get(link.actionId()), "ScriptName"));
    transcript.put("exit_code", ended.computeIfAbsent(link.actionId(), id -> script.apply(arguments)));
    transcript.put("script_output", "{\"tool\":\"cordon-stop-process\",\"version\":1}\n");
    transcript.put("script_errors", "");
    return Answer.json(200, transcript);
  }

  Answer library() {
    List<Map<String, Object>> files = new ArrayList<>();
    library.forEach((name, sha256) -> {
      Map<String, Object> file = new LinkedHashMap<>();
      file.put("fileName", name);
      file.put("sha256", sha256);
      file.put("description", "");
      file.put("creationTime", "2026-01-05T09:00:00Z");
      file.put("lastUpdatedTime", "2026-01-05T09:00:00Z");
      file.put("createdBy", "library.manager@hospital.example");
      file.put("hasParameters", true);
      file.put("parametersDescription", null);
      files.add(file);
    });
    return MdeEntities.list("LibraryFiles", files);
  }
}
