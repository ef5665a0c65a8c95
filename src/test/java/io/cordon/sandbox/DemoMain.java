package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.evidence.VerifyCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.util.FileSystemUtils;

/**
 * {@code make demo}: the main job once, over real HTTP, without a person: alert, card, approval, window, isolation,
 * release, evidence. Prints a timeline; exit code 0 only if every step held. The first argument lets it go wrong: with
 * {@code refuse} the sandbox refuses the isolation, with {@code reset} it never gets there; with {@code lost} Defender
 * takes it and the answer is lost: Cordon must find it again, and never send a second one. With {@code mute} nothing else
 * that Defender says gets through either. All but {@code lost} must end with exit code 1.
 */
public final class DemoMain {
  private static final Set<String> GIVEN_UP = Set.of("REFUSED", "FAILED", "CANCELLED", "NOT_SENT", "UNRESOLVED");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PATIENCE_WITH_THE_MUTE = Duration.ofSeconds(20);

  private final LocalCordon local;
  private final Scripts scripts;
  private final Path folder;
  private final PrintStream out = System.out;
  private final Instant start = Instant.now();
  private Duration patience = PATIENCE;

  private DemoMain(LocalCordon local, Path folder) {
    this.local = local;
    this.scripts = new Scripts(local);
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = arguments.length > 1 ? Path.of(arguments[1]) : Path.of("target", "demo");
    FileSystemUtils.deleteRecursively(folder);
    System.out.println("Starting the database, the simulated cloud and Cordon ...");
    int exit = 1;
    try {
      DemoMain demo = new DemoMain(LocalCordon.start(folder, 0), folder);
      exit = demo.runsThrough(arguments.length > 0 ? arguments[0] : "") ? 0 : 1;
    } catch (IOException | IllegalStateException e) {
      System.out.println("         FAILED: " + e.getMessage());
    }
    System.exit(exit);
  }

  private boolean runsThrough(String fault) throws IOException {
    try {
      breaks(fault);
      run(fault.equals("mute"));
      return true;
    } catch (IllegalStateException e) {
      out.println("         FAILED: " + e.getMessage());
      say("Defender was asked to isolate", mdeCalls("/isolate").size() + " times");
      return false;
    }
  }

  private void breaks(String fault) {
    boolean known =
        switch (fault) {
          case "" -> true;
          case "refuse" -> breaks("/isolate", "status", 10);
          case "mute" -> breaks("/isolate", "lost", 1);
          default -> breaks("/isolate", fault, fault.equals("lost") ? 1 : 10);
        };
    require(known, "the sandbox knows the fault " + fault);
  }

  private boolean breaks(String path, String mode, int times) {
    return local.sandbox.faults.add(Call.JSON.valueToTree(
        Map.of("service", "mde", "path", path, "mode", mode, "status", path.equals("/isolate") ? 403 : 503, "times", times)));
  }

  private void run(boolean mute) throws IOException {
    JsonNode alert = scripts.alert("pacs-gw-01");
    String caseId = alert.path("caseId").asText();
    say("alert accepted", alert.path("disposition").asText() + " " + caseId);

    JsonNode waiting = await("Clinical Ops is asked", caseId, c -> c.path("approvals").size() == 1);
    String approval = waiting.at("/approvals/0/id").asText();
    awaitThat("card in Teams, page in PagerDuty", () -> local.sandbox.teams.cards().size() == 1 && local.sandbox.pagerDuty.alerts().size() == 1);

    Instant answered = Instant.now();
    scripts.as("clin.pacs", "POST", "/api/approvals/" + approval + "/decision",
        Map.of("verdict", "APPROVE", "requestRevision", 1, "window", Map.of("from", "now", "minutes", 60),
            "backBy", answered.truncatedTo(ChronoUnit.SECONDS).plus(4, ChronoUnit.HOURS).toString(), "procedureImpact", "NONE_RUNNING", "reasonCode", "NO_PATIENT_IMPACT"));
    say("approved", "by clin.pacs, window open for 60 minutes");

    if (mute) {
      awaitThat("isolation sent", () -> mdeCalls("/isolate").size() == 1);
      require(breaks("/machineactions", "status", 10_000), "Defender says no more");
      patience = PATIENCE_WITH_THE_MUTE;
    }
    await("machine isolated", caseId, c -> {
      List<String> states = c.path("actions").findValuesAsText("state");
      require(states.stream().noneMatch(GIVEN_UP::contains), "the machine is isolated; the action ended " + states);
      return states.contains("SUCCEEDED");
    });
    awaitThat("traces counted around it", () -> entries(caseId).findValuesAsText("type").contains("HUNT_RECORDED"));
    JsonNode tasks = await("release is owned", caseId, c -> hasTask(c, "userTask_releaseHost"));
    release(task(tasks, "userTask_releaseHost"));
    say("release asked for", "by sec.lead");
    await("case closed", caseId, c -> c.path("state").asText().equals("CLOSED"));
    awaitThat("evidence signed to the end", () -> isProvenToTheEnd(caseId));
    checkTheJournal(answered);
    verify();
    export(caseId);
  }

  private boolean isProvenToTheEnd(String caseId) throws IOException {
    JsonNode entries = entries(caseId);
    boolean closed = entries.findValuesAsText("type").contains("CASE_CLOSED");
    return closed && entries.path(entries.size() - 1).path("checkpointed").asBoolean();
  }

  private JsonNode entries(String caseId) throws IOException {
    return scripts.as("aud.one", "GET", "/api/cases/" + caseId + "/evidence", null).path("items");
  }

  private static boolean hasTask(JsonNode view, String key) {
    return !task(view, key).isEmpty();
  }

  private static String task(JsonNode view, String key) {
    for (JsonNode task : view.path("tasks")) {
      if (task.path("key").asText().equals(key)) {
        return task.path("id").asText();
      }
    }
    return "";
  }

  private void release(String taskId) throws IOException {
    scripts.as("sec.lead", "POST", "/api/tasks/" + taskId, Map.of("reasonCode", "CLEANED"));
  }

  private void checkTheJournal(Instant answered) {
    List<Journal.Entry> isolations = mdeCalls("/isolate");
    require(isolations.size() == 1, "exactly one isolate");
    require(!Instant.parse(isolations.get(0).at()).isBefore(answered), "the isolate came after the approval");
    require(isolations.get(0).body().contains("cordon:x-"), "the isolate carries our token");
    require(mdeCalls("/unisolate").size() == 1, "exactly one unisolate");
    require(local.sandbox.journal.of("teams").stream().anyMatch(e -> e.method().equals("PUT")), "the card was updated by PUT");
    require(local.sandbox.pagerDuty.alerts().values().stream().allMatch("resolved"::equals), "every page resolved");
    say("journal checked", "1 isolate after the approval, 1 unisolate, our token, card updated, every page resolved");
  }

  private List<Journal.Entry> mdeCalls(String ending) {
    return local.sandbox.journal.of("mde").stream().filter(e -> e.method().equals("POST") && e.path().endsWith(ending)).toList();
  }

  private static void require(boolean held, String what) {
    if (!held) {
      throw new IllegalStateException("did not hold: " + what);
    }
  }

  private void verify() throws IOException {
    Path bundle = folder.resolve("evidence.zip");
    Files.write(bundle, scripts.bytes("aud.one", "/api/evidence/bundle"));
    require(VerifyCommand.run(new String[] {bundle.toString()}, out) == 0, "the evidence verifies");
    say("evidence verified", bundle.toString());
    changeOneByte(bundle, folder.resolve("changed.zip"));
    require(VerifyCommand.run(new String[] {folder.resolve("changed.zip").toString()}, out) == 1, "changed evidence is refused");
    say("one changed byte is noticed", "the entry is named");
  }

  /** The auditor takes the record of the change away; then anybody can check it. */
  private void export(String caseId) throws IOException {
    Path pack = folder.resolve("cab-pack.zip");
    Files.write(pack, scripts.exported("aud.one", "/api/cases/" + caseId + "/cab-pack"));
    require(VerifyCommand.run(new String[] {pack.toString()}, out) == 0, "the record of the change verifies");
    say("record of the change exported", pack.toString());
  }

  private static void changeOneByte(Path bundle, Path changed) throws IOException {
    Files.copy(bundle, changed);
    try (var zip = FileSystems.newFileSystem(changed)) {
      Path entries = zip.getPath("entries.ndjson");
      byte[] bytes = Files.readAllBytes(entries);
      bytes[bytes.length / 2] ^= 1;
      Files.write(entries, bytes);
    }
  }

  private JsonNode await(String what, String caseId, Predicate<JsonNode> reached) throws IOException {
    JsonNode[] seen = new JsonNode[1];
    awaitThat(what, () -> {
      seen[0] = scripts.as("soc.one", "GET", "/api/cases/" + caseId, null);
      return reached.test(seen[0]);
    });
    return seen[0];
  }

  /** Something that may come true. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private void awaitThat(String what, Condition condition) throws IOException {
    Instant until = Instant.now().plus(patience);
    while (!condition.holds()) {
      require(Instant.now().isBefore(until), what + " (waited " + patience.toSeconds() + " s)");
      SandboxCloud.pause(200);
    }
    say(what, "");
  }

  private void say(String what, String detail) {
    out.printf("%6.1f s  %-36s %s%n", Duration.between(start, Instant.now()).toMillis() / 1000.0, what, detail);
  }
}
