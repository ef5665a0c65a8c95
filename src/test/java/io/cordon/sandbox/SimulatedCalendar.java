package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The calendar view of one mailbox in Microsoft Graph. Contract Sentinel/Graph/Arc 6. Other mailboxes are denied. */
final class SimulatedCalendar implements Service {
  static final String MAILBOX = "maintenance@hosp.example";
  static final String READ = "Calendars.Read";

  private static final String USERS = "/v1.0/users/";
  private static final String VIEW = "/calendar/calendarView";
  private static final Set<String> OPTIONS = Set.of("startDateTime", "endDateTime", "$select", "$top", "$skip");
  private static final Set<String> MEMBERS =
      Set.of("id", "iCalUId", "subject", "start", "end", "isAllDay", "isCancelled", "categories", "showAs", "type");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'0000'").withZone(ZoneOffset.UTC);

  private record Event(String id, Instant from, Instant to, List<String> categories) {}

  private final Tokens tokens;
  private final SandboxClock clock;
  private final RateWindows rate;
  private final String base;
  private final List<Event> events = new ArrayList<>();

  SimulatedCalendar(Tokens tokens, RateLimits limits, SandboxClock clock, String base) {
    this.tokens = tokens;
    this.clock = clock;
    this.rate = limits.of(new RateWindows.Window(10_000, Duration.ofMinutes(10)));
    this.base = base;
  }

  /** Puts an event in; false when the sandbox does not understand it. */
  synchronized boolean add(JsonNode json) {
    int in = json.path("inMinutes").asInt(Integer.MIN_VALUE);
    int lasts = json.path("minutes").asInt(0);
    if (in == Integer.MIN_VALUE || lasts < 1 || !json.path("categories").isArray()) {
      return false;
    }
    Instant from = clock.instant().plus(Duration.ofMinutes(in));
    List<String> categories = StreamSupport.stream(json.path("categories").spliterator(), false).map(JsonNode::asText).toList();
    return events.add(new Event("event-" + events.size(), from, from.plus(Duration.ofMinutes(lasts)), categories));
  }

  synchronized void clear() {
    events.clear();
  }

  @Override
  public String name() {
    return "graph";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().startsWith(USERS) && call.path().endsWith(VIEW);
  }

  @Override
  public Answer answer(Call call) {
    Optional<Map<String, Object>> claims = tokens.check(call.bearer(), SimulatedGraph.AUDIENCE);
    if (claims.isEmpty()) {
      return error(401, "InvalidAuthenticationToken");
    }
    boolean allowed = claims.get().get("roles") instanceof List<?> roles && roles.contains(READ);
    if (!allowed || !call.path().equals(USERS + MAILBOX + VIEW)) {
      return error(403, "ErrorAccessDenied");
    }
    return !call.method().equals("GET")
        ? Answer.unknown()
        : rate.refuse("calendar").map(wait -> error(429, "ApplicationThrottled").with("Retry-After", String.valueOf(wait))).orElseGet(() -> view(call));
  }

  private synchronized Answer view(Call call) {
    Map<String, String> asked = call.parameters();
    List<String> select = List.of(asked.getOrDefault("$select", "").split(","));
    int top = number(asked.getOrDefault("$top", "10"));
    int skip = number(asked.getOrDefault("$skip", "0"));
    boolean utc = call.headers().getOrDefault("prefer", "").contains("outlook.timezone=\"UTC\"");
    if (!OPTIONS.containsAll(asked.keySet()) || !MEMBERS.containsAll(select) || top < 1 || top > 1000 || skip < 0 || !utc) {
      return error(400, "ErrorInvalidRequest");
    }
    try {
      Instant from = OffsetDateTime.parse(asked.getOrDefault("startDateTime", "")).toInstant();
      Instant to = OffsetDateTime.parse(asked.getOrDefault("endDateTime", "")).toInstant();
      List<Event> found = events.stream().filter(event -> event.from().isBefore(to) && event.to().isAfter(from)).toList();
      Map<String, Object> page = new LinkedHashMap<>();
      page.put("@odata.context", base + "/v1.0/$metadata#users/calendar/calendarView");
      page.put("value", found.stream().skip(skip).limit(top).map(event -> shown(event, select)).toList());
      if (found.size() > skip + top) {
        page.put("@odata.nextLink", next(asked, skip + top));
      }
      return Answer.json(200, page);
    } catch (DateTimeException e) {
      return error(400, "ErrorInvalidParameter");
    }
  }

  private String next(Map<String, String> asked, int skip) {
    StringBuilder link = new StringBuilder(base + USERS + URLEncoder.encode(MAILBOX, StandardCharsets.UTF_8) + VIEW + "?$skip=" + skip);
    asked.forEach((name, value) -> {
      if (!name.equals("$skip")) {
        link.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    });
    return link.toString();
  }

  private static Map<String, Object> shown(Event event, List<String> select) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", event.id());
    all.put("iCalUId", "uid-" + event.id());
    all.put("subject", "A subject that nobody outside needs");
    all.put("start", time(event.from()));
    all.put("end", time(event.to()));
    all.put("isAllDay", false);
    all.put("isCancelled", false);
    all.put("categories", event.categories());
    all.put("showAs", "busy");
    all.put("type", "singleInstance");
    all.keySet().removeIf(member -> !member.equals("id") && !select.contains(member));
    return all;
  }

  private static Map<String, String> time(Instant at) {
    return Map.of("dateTime", TIME.format(at), "timeZone", "UTC");
  }

  private static int number(String text) {
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
  }

  private static Answer error(int status, String code) {
    return Answer.json(status, Map.of("error", Map.of("code", code, "message", "the sandbox refuses")));
  }
}
