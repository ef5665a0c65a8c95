package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Graph's runHuntingQuery over three tables of each machine, which hold the same few events at any time. Understands bounded
 * questions of the known kinds and refuses every other. Contract Sentinel/Graph/Arc 6 and 12.
 */
final class SimulatedHunting {
  static final String READ = "ThreatHunting.Read.All";
  static final String PATH = "/v1.0/security/runHuntingQuery";

  private static final Pattern QUERY =
      Pattern.compile(
          "(Device[A-Za-z]+Events) \\| where DeviceId == \"([0-9a-f]{40})\" and Timestamp between \\(datetime\\(([^)]+)\\) \\.\\. datetime\\(([^)]+)\\)\\)"
              + " \\| where (.+) \\| ((?:summarize|project) .+)");
  private static final String FILES =
      "ActionType in (\"FileModified\",\"FileCreated\",\"FileDeleted\") and (FolderPath startswith \"/etc\" or FolderPath startswith \"/opt/pacs\")";
  private static final String PEERS = "RemotePort in (104, 11112) or LocalPort in (104, 11112)";
  private static final String SHELLS = "ProcessCommandLine has_any (\"nc -e\", \"/dev/tcp\")";
  /** What can be asked: table, condition and what is wanted, to the rows of the answer. */
  private static final Map<List<String>, List<Map<String, Object>>> ANSWERS =
      Map.of(
          List.of("DeviceFileEvents", FILES, "summarize changes=count() by ActionType, area=iff(FolderPath startswith \"/etc/ssh\",\"ssh\",iff(FolderPath startswith \"/etc\",\"etc\",\"pacs\"))"),
          List.of(Map.of("ActionType", "FileModified", "area", "etc", "changes", 2), Map.of("ActionType", "FileCreated", "area", "pacs", "changes", 1)),
          List.of("DeviceFileEvents", FILES, "project Timestamp, ActionType, FolderPath, FileName | take 500"),
          List.of(Map.of("ActionType", "FileModified", "FolderPath", "/opt/pacs/in", "FileName", "zyxmann_quirina.dcm")),
          List.of("DeviceNetworkEvents", PEERS, "summarize flows=count(), peers=dcount(RemoteIP) by RemotePort, LocalPort"),
          List.of(Map.of("RemotePort", 104, "LocalPort", 40112, "flows", 7, "peers", 2)),
          List.of("DeviceNetworkEvents", PEERS, "project Timestamp, ActionType, RemoteIP, RemotePort, LocalPort | take 500"),
          List.of(Map.of("RemoteIP", "10.9.8.7", "RemotePort", 104)),
          List.of("DeviceProcessEvents", SHELLS, "summarize hits=count()"),
          List.of(Map.of("hits", 0)));

  private final RateWindows rate;

  SimulatedHunting(RateLimits limits) {
    this.rate = limits.of(new RateWindows.Window(45, Duration.ofMinutes(1)));
  }

  boolean serves(Call call) {
    return call.path().equals(PATH);
  }

  Answer answer(Call call, List<?> granted) {
    if (!granted.contains(READ)) {
      return error(403, "Forbidden", "Missing application role.");
    }
    return rate.refuse("hunting")
        .map(wait -> error(429, "TooManyRequests", "The quota of queries is used up.").with("Retry-After", String.valueOf(wait)))
        .orElseGet(() -> run(call.json()));
  }

  private static Answer run(JsonNode asked) {
    Matcher query = QUERY.matcher(asked.path("Query").asText());
    if (asked.size() != 2 || !isSpan(asked.path("Timespan").asText().split("/", -1)) || !query.matches() || !isSpan(query.group(3), query.group(4))) {
      return error(400, "BadRequest", "The query or its span is not understood.");
    }
    return Optional.ofNullable(ANSWERS.get(List.of(query.group(1), query.group(5), query.group(6))))
        .map(rows -> Answer.json(200, Map.of("schema", List.of(), "results", rows)))
        .orElseGet(() -> error(400, "BadRequest", "A table, a column or an operator is not known."));
  }

  private static boolean isSpan(String... ends) {
    try {
      Duration length = ends.length == 2 ? Duration.between(Instant.parse(ends[0]), Instant.parse(ends[1])) : Duration.ZERO;
      return !length.isNegative() && !length.isZero() && length.compareTo(Duration.ofDays(30)) <= 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static Answer error(int status, String code, String message) {
    return Answer.json(status, Map.of("error", Map.of("code", code, "message", message)));
  }
}
