package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that an alert names is stopped: over real HTTP, and by the real script, which the simulated Defender runs here. */
@EnabledOnOs(OS.LINUX)
class StopProcessRunTest {
  private static final Path SCRIPT = Path.of("deploy/mde/stop-process.sh").toAbsolutePath();
  private static final String NAME = "cordon-stop-process.sh";

  @TempDir Path folder;
  private Scripts scripts;

  @Test
  void stopsTheProcessOfTheAlertAndNoOther() throws Exception {
    Process wanted = new ProcessBuilder("sleep", "600").start();
    Process other = new ProcessBuilder("sleep", "600").start();
    String reviewed = sha256(SCRIPT);
    try (LocalCordon local =
        LocalCordon.start(folder, 0, Map.of("cordon.stop-process.defender-plan", "P2", "cordon.stop-process.script-sha256", reviewed))) {
      scripts = new Scripts(local);
      local.sandbox.mde.live.upload(NAME, reviewed);
      local.sandbox.mde.live.scripts(StopProcessRunTest::run);
      String caseId = alert(wanted);
      await(caseId, view -> view.path("tasks").findValuesAsText("key").contains("userTask_triage"));
      long process = scripts.as("soc.one", "GET", "/api/cases/" + caseId + "/processes", null).at("/items/0/number").asLong();
      scripts.as("soc.one", "POST", "/api/cases/" + caseId + "/playbooks/stop-process", Map.of("process", process, "dataStatement", "NO_DATABASE"));
      grant(caseId);
      JsonNode closed = await(caseId, view -> view.path("state").asText().equals("CLOSED"));

      assertThat(closed.path("actions").findValuesAsText("action")).containsExactly("STOP_PROCESS");
      assertThat(closed.path("actions").findValuesAsText("state")).containsExactly("SUCCEEDED");
      assertThat(wanted.waitFor(10, TimeUnit.SECONDS)).as("the process was stopped").isTrue();
      assertThat(other.isAlive()).as("and no other").isTrue();
      assertThat(local.sandbox.mde.isolations()).isEmpty();
      assertThat(local.sandbox.mde.live.runs()).hasSize(1);
    } finally {
      wanted.destroyForcibly();
      other.destroyForcibly();
    }
  }

  private String alert(Process process) throws Exception {
    String entities =
        Call.JSON.writeValueAsString(
            List.of(
                Map.of("$id", "2", "HostName", "dev-build-01", "MdatpDeviceId", "MACHINE", "Type", "host"),
                Map.of("$id", "3", "ProcessId", String.valueOf(process.pid()), "CreationTimeUtc", process.info().startInstant().orElseThrow().toString(),
                    "ImageFile",
                    Map.of("$id", "4", "Type", "file", "FileHashes",
                        List.of(Map.of("$id", "5", "Algorithm", "SHA256", "Value", sha256(Path.of("/proc/" + process.pid() + "/exe")), "Type", "filehash"))),
                    "Type", "process")));
    return scripts.alert("dev-build-01", Map.of("AlertName", "Suspicious process", "Entities", entities)).path("caseId").asText();
  }

  private void grant(String caseId) throws IOException {
    String approval = await(caseId, view -> view.path("approvals").size() == 1).at("/approvals/0/id").asText();
    scripts.as("clin.pacs", "POST", "/api/approvals/" + approval + "/decision",
        Map.of("verdict", "APPROVE", "requestRevision", 1, "window", Map.of("from", "now", "minutes", 60),
            "backBy", Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(4, ChronoUnit.HOURS).toString(),
            "procedureImpact", "NONE_RUNNING", "reasonCode", "NO_PATIENT_IMPACT"));
  }

  private static int run(String arguments) {
    try {
      List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
      command.addAll(List.of(arguments.split(" ")));
      Process script = new ProcessBuilder(command).start();
      return script.waitFor(30, TimeUnit.SECONDS) ? script.exitValue() : 30;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  private JsonNode await(String caseId, Predicate<JsonNode> reached) {
    return Awaitility.await(caseId).atMost(Duration.ofSeconds(60)).until(() -> scripts.as("soc.one", "GET", "/api/cases/" + caseId, null), reached);
  }
}
