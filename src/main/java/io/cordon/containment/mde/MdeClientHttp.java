package io.cordon.containment.mde;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** MDE over its REST API. Contract mde, sections 2 to 5 and 7. */
final class MdeClientHttp implements MdeClient {
  private static final Pattern MACHINE_ID = Pattern.compile("[0-9a-fA-F]{40}");
  private static final Pattern ACTION_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final String MACHINES = "/api/machines";
  private static final int PAGE = 500;
  private static final int MAX_PAGES = 20;

  private final MdeExchange mde;

  MdeClientHttp(MdeExchange mde) {
    this.mde = mde;
  }

  // The path also answers to computer names, so what comes back must be the machine asked for.
  @Override
  public Optional<MdeMachine> machine(String machineId) {
    String operation = "machine";
    String path = MACHINES + "/" + exact(MACHINE_ID, machineId);
    return mde.read(operation, path)
        .map(body -> MdeJson.machine(body).orElseThrow(() -> unreadable(operation)))
        .map(machine -> requireSame(operation, machine.id(), machineId, machine));
  }

  @Override
  public MachineAction isolate(String machineId, String comment) {
    return mde.change(
        "isolate",
        MACHINES + "/" + exact(MACHINE_ID, machineId) + "/isolate",
        Map.of("Comment", ActionComment.validated(comment), "IsolationType", "Full"));
  }

  @Override
  public MachineAction unisolate(String machineId, String comment) {
    return mde.change(
        "unisolate",
        MACHINES + "/" + exact(MACHINE_ID, machineId) + "/unisolate",
        Map.of("Comment", ActionComment.validated(comment)));
  }

  @Override
  public MachineAction runScript(String machineId, LibraryScript script, String comment) {
    List<Map<String, String>> parameters =
        List.of(Map.of("key", "ScriptName", "value", script.name()), Map.of("key", "Args", "value", script.arguments()));
    return mde.change(
        "run-script",
        MACHINES + "/" + exact(MACHINE_ID, machineId) + "/runliveresponse",
        Map.of("Commands", List.of(Map.of("type", "RunScript", "params", parameters)), "Comment", ActionComment.validated(comment)));
  }

  @Override
  public Optional<String> scriptSha256(String name) {
    String operation = "library";
    JsonNode files = mde.read(operation, "/api/libraryfiles").map(body -> body.path("value")).orElseThrow(() -> unreadable(operation));
    for (JsonNode file : files) {
      if (name.equals(file.path("fileName").asText())) {
        return Optional.of(file.path("sha256").asText("").toLowerCase(Locale.ROOT));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Transcript> transcript(String actionId) {
    String operation = "transcript";
    String path = "/api/machineactions/" + exact(ACTION_ID, actionId) + "/GetLiveResponseResultDownloadLink(index=0)";
    return mde.read(operation, path).map(body -> mde.download(operation, body.path("value").asText(""))).map(transcript -> {
      if (!transcript.path("exit_code").canConvertToInt()) {
        throw unreadable(operation);
      }
      return new Transcript(transcript.path("exit_code").intValue(), transcript.toString().getBytes(StandardCharsets.UTF_8));
    });
  }

  @Override
  public Optional<MachineAction> action(String actionId) {
    String operation = "action";
    return mde.read(operation, "/api/machineactions/" + exact(ACTION_ID, actionId))
        .map(body -> MdeJson.action(body).orElseThrow(() -> unreadable(operation)))
        .map(action -> requireSame(operation, action.id(), actionId, action));
  }

  @Override
  public List<MachineAction> actionsOf(String machineId, Instant since) {
    String filter = "machineId eq '" + exact(MACHINE_ID, machineId) + "' and " + madeSince(since);
    String operation = "actions-of";
    ListedActions listed = all(operation, filter);
    // of one machine every row counts: a missing action must not read as "none"
    if (listed.unreadable() > 0) {
      throw unreadable(operation);
    }
    return listed.actions().stream()
        .sorted(Comparator.comparing(
            MachineAction::created, Comparator.nullsFirst(Comparator.<Instant>reverseOrder())))
        .toList();
  }

  // one question for each type: the documented filters are joined by "and" only (contract mde, section 3.1)
  @Override
  public ListedActions isolationsSince(Instant since) {
    ListedActions isolations = all("isolations-since", "type eq '" + MachineAction.ISOLATE + "' and " + madeSince(since));
    ListedActions releases = all("releases-since", "type eq '" + MachineAction.UNISOLATE + "' and " + madeSince(since));
    return new ListedActions(
        Stream.concat(isolations.actions().stream(), releases.actions().stream()).toList(), isolations.unreadable() + releases.unreadable());
  }

  private static String madeSince(Instant since) {
    return "creationDateTimeUtc ge " + since.truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public MachineAction cancel(String actionId, String comment) {
    return mde.change(
        "cancel",
        "/api/machineactions/" + exact(ACTION_ID, actionId) + "/cancel",
        Map.of("Comment", ActionComment.validated(comment)));
  }

  // Pages are asked for by offset and never by the link in the answer. A list that cannot be read to its end is a
  // failure: a missing action must not read as "none".
  private ListedActions all(String operation, String filter) {
    List<MachineAction> found = new ArrayList<>();
    int rows = 0;
    String query = "/api/machineactions?$filter=" + encoded(filter) + "&$top=" + PAGE;
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonNode body = mde.read(operation, page == 0 ? query : query + "&$skip=" + rows).orElseThrow(() -> unreadable(operation));
      JsonNode values = body.path("value");
      if (!values.isArray()) {
        throw unreadable(operation);
      }
      values.forEach(value -> MdeJson.action(value).ifPresent(found::add));
      rows += values.size();
      boolean more = values.size() >= PAGE || body.hasNonNull("@odata.nextLink");
      if (!more) {
        return new ListedActions(found, rows - found.size());
      }
      if (values.isEmpty()) {
        throw unreadable(operation);
      }
    }
    throw new MdeUnavailable(operation, "list too long");
  }

  private static <T> T requireSame(String operation, String answered, String asked, T entity) {
    if (!answered.equalsIgnoreCase(asked)) {
      throw new MdeUnavailable(operation, "answered for another id");
    }
    return entity;
  }

  private static MdeUnavailable unreadable(String operation) {
    return new MdeUnavailable(operation, "unreadable answer");
  }

  private static String encoded(String filter) {
    return URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String exact(Pattern shape, String id) {
    if (id == null || !shape.matcher(id).matches()) {
      throw new IllegalArgumentException("Not an id or name MDE can be asked about");
    }
    return id;
  }
}
