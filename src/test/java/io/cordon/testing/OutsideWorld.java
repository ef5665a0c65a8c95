package io.cordon.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.assets.ArcInventory;
import io.cordon.assets.ArcMachine;
import io.cordon.assets.ArcUnavailable;
import io.cordon.assets.MdeDevice;
import io.cordon.assets.MdeMachines;
import io.cordon.channels.pagerduty.PageRequest;
import io.cordon.channels.pagerduty.PagerDutyEvents;
import io.cordon.channels.teams.ConnectorClient;
import io.cordon.channels.teams.ConnectorRejected;
import io.cordon.channels.teams.PostedCard;
import io.cordon.containment.mde.LibraryScript;
import io.cordon.containment.mde.ListedActions;
import io.cordon.containment.mde.MachineAction;
import io.cordon.containment.mde.MdeClient;
import io.cordon.containment.mde.MdeMachine;
import io.cordon.containment.mde.MdeUnavailable;
import io.cordon.containment.mde.Transcript;
import io.cordon.gate.ApproverDirectory;
import io.cordon.gate.Standing;
import io.cordon.platform.people.Person;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The clients of the outside world for process tests: remembers what was asked, answers as it is told. */
public final class OutsideWorld implements MdeClient, MdeMachines, ArcInventory, ConnectorClient, PagerDutyEvents, ApproverDirectory {
  public static final String MACHINE = "4f22ab5dc4be96566ee3c9adb3b77280dc08bfdb";
  public static final String ARC =
      "/subscriptions/44444444-4444-4444-8444-444444444444/resourcegroups/rg/providers/microsoft.hybridcompute/machines/pacs-gw-01";

  public final List<MachineAction> actions = new ArrayList<>();
  public final List<String> calls = new ArrayList<>();
  public final TreeSet<String> openPages = new TreeSet<>();
  public final List<JsonNode> cards = new ArrayList<>();
  public String nextStatus = MachineAction.SUCCEEDED;
  public String healthStatus = "Active";
  /** The record that replaced every device when it is looked at before acting. */
  public String mergedInto;
  public boolean teamsIsDown;
  public boolean cardsAreGone;
  public boolean pagerDutyIsDown;
  public boolean arcIsDown;
  /** What Arc says of {@link #MACHINE}. */
  public String arcStatus = "Connected";
  /** Who vouches for people; the directory says of everybody what their token says. */
  public Standing.Source vouching = Standing.Source.DIRECTORY;
  private final Map<String, ArcMachine> others = new HashMap<>();
  /** What isolate does instead of answering, after (lost) or without having taken the action. */
  public Supplier<RuntimeException> isolateFails = () -> null;
  public boolean takenThoughItFails;
  /** What isolate answers with instead of an action of its own. */
  public MachineAction isolateAnswers;
  /** What runScript does instead of answering. */
  public Supplier<RuntimeException> scriptFails = () -> null;
  public static final String SCRIPT_SHA256 = "5".repeat(64);
  public String librarySha256 = SCRIPT_SHA256;
  /** How the script ends. */
  public int exitCode;
  /** What unisolate does instead of taking the action. */
  public Supplier<RuntimeException> releaseFails = () -> null;
  /** The calls to Defender other than isolate that do not reach it, by their names here. */
  public Predicate<String> isDown = call -> false;
  /** The calls to Defender that fail as nobody foresaw. */
  public Predicate<String> isBroken = call -> false;
  /** Is told of every action that is asked for by its id. */
  public Consumer<String> looks = id -> {};
  /** How many rows of Defender's list say too little. */
  public int unreadable;
  /** The actions that are too old for the list, or gone. */
  public Predicate<MachineAction> isUnlisted = action -> false;
  /** Is told of every call to Defender, before it is taken and after. */
  public BiConsumer<String, Boolean> watcher = (call, after) -> {};
  /** What Defender knows of a device by its id. */
  public Function<String, Optional<MdeDevice>> devices = OutsideWorld::healthy;
  public Map<String, String> tags = Map.of("System", "PACS", "Env", "Prod", "ContainsPHI", "true", "Egress", "DIRECT");

  /** Forgets everything. */
  public void reset() {
    actions.clear();
    calls.clear();
    openPages.clear();
    cards.clear();
    nextStatus = MachineAction.SUCCEEDED;
    healthStatus = "Active";
    mergedInto = null;
    teamsIsDown = false;
    cardsAreGone = false;
    pagerDutyIsDown = false;
    arcIsDown = false;
    arcStatus = "Connected";
    vouching = Standing.Source.DIRECTORY;
    others.clear();
    isolateFails = () -> null;
    takenThoughItFails = false;
    isolateAnswers = null;
    scriptFails = () -> null;
    librarySha256 = SCRIPT_SHA256;
    exitCode = 0;
    releaseFails = () -> null;
    isDown = call -> false;
    isBroken = call -> false;
    looks = id -> {};
    unreadable = 0;
    isUnlisted = action -> false;
    watcher = (call, after) -> {};
    devices = OutsideWorld::healthy;
    tags = Map.of("System", "PACS", "Env", "Prod", "ContainsPHI", "true", "Egress", "DIRECT");
  }

  /** A device that is onboarded and active, whatever its id. */
  public static Optional<MdeDevice> healthy(String id) {
    return Optional.of(new MdeDevice(id, "Linux 22.04", "x64", "Active", "Onboarded", null));
  }

  private void reach(String call) {
    if (isBroken.test(call)) {
      throw new IllegalStateException("strange");
    }
    if (isDown.test(call)) {
      throw new MdeUnavailable(call, "not reached");
    }
  }

  @Override
  public Standing standing(Person person, String clinicalService) {
    return new Standing(person, vouching);
  }

  @Override
  public MachineAction isolate(String machineId, String comment) {
    calls.add("isolate");
    if (isolateAnswers != null) {
      return isolateAnswers;
    }
    RuntimeException failure = isolateFails.get();
    if (failure == null || takenThoughItFails) {
      MachineAction action = add(MachineAction.ISOLATE, machineId, comment);
      watcher.accept("isolate", true);
      if (failure == null) {
        return action;
      }
    }
    throw failure;
  }

  @Override
  public MachineAction unisolate(String machineId, String comment) {
    reach("unisolate");
    calls.add("unisolate");
    RuntimeException failure = releaseFails.get();
    if (failure != null) {
      throw failure;
    }
    MachineAction action = add(MachineAction.UNISOLATE, machineId, comment);
    watcher.accept("unisolate", true);
    return action;
  }

  private MachineAction add(String type, String machineId, String comment) {
    var action =
        new MachineAction(UUID.randomUUID().toString(), type, MachineAction.PENDING, "Full", machineId, "cordon", comment, Instant.EPOCH, null, 0);
    actions.add(action);
    return action;
  }

  @Override
  public MachineAction runScript(String machineId, LibraryScript script, String comment) {
    reach("runScript");
    calls.add("runScript " + script.name() + " " + script.arguments());
    RuntimeException failure = scriptFails.get();
    if (failure == null || takenThoughItFails) {
      MachineAction action = add(MachineAction.LIVE_RESPONSE, machineId, comment);
      if (failure == null) {
        return action;
      }
    }
    throw failure;
  }

  @Override
  public Optional<String> scriptSha256(String name) {
    reach("library");
    return Optional.of(librarySha256);
  }

  @Override
  public Optional<Transcript> transcript(String actionId) {
    reach("transcript");
    return Optional.of(new Transcript(exitCode, ("{\"exit_code\":" + exitCode + ",\"script_output\":\"MRN 4711\"}").getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public Optional<MachineAction> action(String actionId) {
    looks.accept(actionId);
    reach("action");
    for (int i = 0; i < actions.size(); i++) {
      MachineAction a = actions.get(i);
      if (a.id().equals(actionId)) {
        if (!a.isFinal()) {
          actions.set(i, with(a, nextStatus));
        }
        watcher.accept("action", true);
        return Optional.of(actions.get(i));
      }
    }
    return Optional.empty();
  }

  @Override
  public MachineAction cancel(String actionId, String comment) {
    reach("cancel");
    watcher.accept("cancel", false);
    calls.add("cancel");
    actions.replaceAll(a -> a.id().equals(actionId) && !a.isFinal() ? with(a, MachineAction.CANCELLED) : a);
    watcher.accept("cancel", true);
    return actions.stream().filter(a -> a.id().equals(actionId)).findFirst().orElseThrow();
  }

  private static MachineAction with(MachineAction a, String status) {
    return new MachineAction(a.id(), a.type(), status, a.scope(), a.machineId(), a.requestor(), a.comment(), a.created(), a.lastUpdate(), 0);
  }

  @Override
  public List<MachineAction> actionsOf(String machineId, Instant since) {
    reach("actionsOf");
    watcher.accept("actionsOf", true);
    return actions.stream().filter(a -> a.machineId().equals(machineId)).toList();
  }

  @Override
  public ListedActions isolationsSince(Instant since) {
    reach("isolationsSince");
    return new ListedActions(
        actions.stream().filter(a -> !isUnlisted.test(a) && Set.of(MachineAction.ISOLATE, MachineAction.UNISOLATE).contains(a.type())).toList(), unreadable);
  }

  @Override
  public Optional<MdeMachine> machine(String machineId) {
    reach("machine");
    return Optional.of(
        new MdeMachine(machineId, "pacs-gw-01", "Ubuntu", "22.04", healthStatus, "Onboarded", null, null, mergedInto, List.of()));
  }

  @Override
  public Optional<MdeDevice> device(String mdeDeviceId) {
    return devices.apply(mdeDeviceId);
  }

  @Override
  public List<ArcMachine> byArcId(String arcId) {
    reachArc();
    return ARC.equals(arcId) ? List.of(arc()) : others.values().stream().filter(machine -> machine.arcId().equals(arcId)).toList();
  }

  @Override
  public List<ArcMachine> byMdeDeviceId(String mdeDeviceId) {
    reachArc();
    return MACHINE.equals(mdeDeviceId) ? List.of(arc()) : others.containsKey(mdeDeviceId) ? List.of(others.get(mdeDeviceId)) : List.of();
  }

  private void reachArc() {
    if (arcIsDown) {
      throw new ArcUnavailable(503);
    }
  }

  /** Lets there be another machine beside {@link #MACHINE}, with tags of its own. */
  public void addMachine(String mdeDeviceId, String name, Map<String, String> ownTags) {
    String arcId = ARC.replace("pacs-gw-01", name);
    others.put(mdeDeviceId, new ArcMachine(arcId, name, mdeDeviceId, ownTags, "Connected", "Ubuntu 22.04", name + ".hosp.example", Map.of("MDE.Linux", "Succeeded")));
  }

  private ArcMachine arc() {
    return new ArcMachine(ARC, "pacs-gw-01", MACHINE, tags, arcStatus, "Ubuntu 22.04", "pacs-gw-01.hosp.example", Map.of("MDE.Linux", "Succeeded"));
  }

  @Override
  public PostedCard newThread(String channelId, JsonNode card) {
    if (teamsIsDown) {
      throw new IllegalStateException("Teams is down");
    }
    calls.add("card");
    cards.add(card);
    return new PostedCard("19:conversation;messageid=" + cards.size(), String.valueOf(cards.size()));
  }

  @Override
  public PostedCard reply(String conversationId, JsonNode card) {
    newThread(conversationId, card);
    return new PostedCard(conversationId, String.valueOf(cards.size()));
  }

  @Override
  public void say(String conversationId, String text) {
    if (teamsIsDown) {
      throw new IllegalStateException("Teams is down");
    }
    calls.add("said");
  }

  @Override
  public void replace(String conversationId, String activityId, JsonNode card) {
    if (teamsIsDown) {
      throw new IllegalStateException("Teams is down");
    }
    if (cardsAreGone) {
      throw new ConnectorRejected("replace", 404, "ActivityNotFound");
    }
    calls.add("card updated");
    cards.add(card);
  }

  @Override
  public void trigger(PageRequest page) {
    if (pagerDutyIsDown) {
      throw new IllegalStateException("PagerDuty is down");
    }
    calls.add("page");
    openPages.add(page.dedupKey());
  }

  @Override
  public void resolve(String service, String dedupKey) {
    if (pagerDutyIsDown) {
      throw new IllegalStateException("PagerDuty is down");
    }
    openPages.remove(dedupKey);
  }
}
