package io.cordon.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Defender for Endpoint: which call is which, who may make it and how often. Contract MDE sections 2 to 5, 7 and 11. */
final class SimulatedMde implements Service {
  /** Answers a call, given what its path names. */
  private interface Handler {
    Answer answer(Call call, String named);
  }

  /** One call of the API: method, path below {@code /api}, the role it needs, what does it. */
  private record Route(String method, Pattern path, String role, Handler handler) {
    Route(String method, String path, String role, Handler handler) {
      this(method, Pattern.compile("/api/(?:v1\\.0/)?" + path, Pattern.CASE_INSENSITIVE), role, handler);
    }

    /** What its calls are counted under. */
    String api() {
      return method + path.pattern();
    }
  }

  private final MdeAccess access;
  private final RateWindows rate;
  private final MdeActions actions;
  private final MdeResponse response;
  private final RateWindows sessions;
  final MdeLiveResponse live;
  private final List<Route> routes;

  SimulatedMde(Tokens tokens, RateLimits limits, Devices devices, Duration lasts, String base) {
    Clock clock = limits.clock();
    access = new MdeAccess(tokens);
    rate = limits.of(new RateWindows.Window(100, Duration.ofMinutes(1)), new RateWindows.Window(1500, Duration.ofHours(1)));
    actions = new MdeActions(clock, lasts);
    response = new MdeResponse(devices, actions, clock);
    sessions = limits.of(new RateWindows.Window(10, Duration.ofMinutes(1)));
    live = new MdeLiveResponse(devices, actions, clock);
    MdeReads reads = new MdeReads(devices, actions, clock);
    routes =
        List.of(
            new Route("POST", "machines/([^/]+)/isolate", MdeAccess.ISOLATE, (call, id) -> response.act("Isolate", id, call)),
            new Route("POST", "machines/([^/]+)/unisolate", MdeAccess.ISOLATE, (call, id) -> response.act("Unisolate", id, call)),
            new Route("POST", "machines/([^/]+)/runliveresponse", MdeAccess.LIVE_RESPONSE, (call, id) -> live.run(id, call)),
            new Route("GET", "machineactions/([^/]+)/GetLiveResponseResultDownloadLink\\(index=0\\)", MdeAccess.READ, (call, id) -> live.link(id, base)),
            new Route("GET", "libraryfiles()", MdeAccess.LIBRARY, (call, none) -> live.library()),
            new Route("POST", "machineactions/([^/]+)/cancel", MdeAccess.ISOLATE, (call, id) -> response.cancel(id, call.json())),
            new Route("GET", "machines/(?!findby)([^/]+)", MdeAccess.READ, (call, id) -> reads.machine(id)),
            new Route("GET", "machines()", MdeAccess.READ, (call, none) -> reads.machines(call.parameters())),
            new Route("GET", "machineactions/([^/]+)", MdeAccess.READ, (call, id) -> reads.action(id)),
            new Route("GET", "machineactions()", MdeAccess.READ, (call, none) -> reads.actions(call.parameters())));
  }

  @Override
  public String name() {
    return "mde";
  }

  @Override
  public boolean serves(Call call) {
    return call.path().toLowerCase(Locale.ROOT).matches("/api/(v1\\.0/)?(machine|libraryfiles).*|/transcripts/.*");
  }

  @Override
  public Answer answer(Call call) {
    if (call.path().startsWith("/transcripts/") && call.method().equals("GET")) {
      return live.transcript(call);
    }
    for (Route route : routes) {
      Matcher path = route.path().matcher(call.path());
      if (call.method().equals(route.method()) && path.matches()) {
        Optional<Answer> refusal = access.refusal(call.bearer(), route.role()).or(() -> (route.role().equals(MdeAccess.LIVE_RESPONSE) ? sessions : rate).refuse(route.api()).map(MdeErrors::throttled));
        return refusal.orElseGet(() -> route.handler().answer(call, path.group(1)));
      }
    }
    return Answer.unknown();
  }

  /** What an action that is already under way is answered with: itself, or 400. */
  void answerDuplicatesWithTheExistingAction(boolean yes) {
    response.answerDuplicatesWithTheExistingAction(yes);
  }

  /** Somebody isolates or releases a machine by hand, as the portal does: no call, no token. */
  void inThePortal(String type, Devices.Device device) {
    actions.add(type, device, "by hand", Duration.ZERO);
  }

  /** From now on every action that is not final takes this long. */
  void actionsLast(Duration duration) {
    actions.last(duration);
  }

  /** The comments of all isolations and releases that were ever taken. */
  List<String> comments() {
    return actions.taken().stream().map(action -> action.comment).toList();
  }

  /** The comments of all isolations that were ever taken, oldest first. */
  List<String> isolations() {
    return actions.taken().stream().filter(action -> action.type.equals("Isolate")).map(action -> action.comment).toList();
  }
}
