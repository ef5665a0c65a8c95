package io.cordon.containment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that Defender runs on a hospital's server, on this Linux, against processes of this test. */
@EnabledOnOs(OS.LINUX)
class StopProcessScriptTest {
  private static final Path SCRIPT = Path.of("deploy/mde/stop-process.sh").toAbsolutePath();

  private final List<Process> started = new ArrayList<>();

  /** How the script ended and the one line it printed. */
  private record Ran(int exit, JsonNode printed) {
    String result() {
      return printed.path("result").asText();
    }
  }

  @AfterEach
  void stopWhatIsLeft() {
    started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void stopsTheProcessThatIsMeant() throws Exception {
    Process process = start("sleep", "600");
    Ran ran = stop(process, began(process), executable(process));
    assertThat(ran.exit()).isZero();
    assertThat(ran.result()).isEqualTo("STOPPED");
    assertThat(ran.printed().path("signal").asText()).isEqualTo("TERM");
    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void killsOneThatDoesNotListen() throws Exception {
    Process process = start("bash", "-c", "trap '' TERM; echo ready; while :; do sleep 600; done");
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    Ran ran = run("--pid", "" + process.pid(), "--start", "" + began(process), "--sha256", executable(process), "--grace", "1");
    assertThat(ran.exit()).isZero();
    assertThat(ran.printed().path("signal").asText()).isEqualTo("KILL");
    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void killsOneThatBecomesAnotherProgramWhenToldToEnd() throws Exception {
    Process process = start("bash", "-c", "trap 'exec sleep 600' TERM; echo ready; while :; do sleep 0.1; done");
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    Ran ran = run("--pid", "" + process.pid(), "--start", "" + began(process), "--sha256", executable(process), "--grace", "1");
    assertThat(process.waitFor(5, TimeUnit.SECONDS)).as("the process is gone").isTrue();
    assertThat(ran.exit()).isZero();
    assertThat(ran.result()).isEqualTo("STOPPED");
    assertThat(ran.printed().path("signal").asText()).isEqualTo("KILL");
  }

  @Test
  void isContentWithOneThatIsGone() throws Exception {
    Process process = start("sleep", "600");
    long began = began(process);
    String executable = executable(process);
    process.destroyForcibly().waitFor();
    Ran ran = stop(process, began, executable);
    assertThat(ran.exit()).isEqualTo(10);
    assertThat(ran.result()).isEqualTo("ALREADY_GONE");
  }

  @Test
  void leavesAnotherProcessWithTheSameIdAlone() throws Exception {
    Process process = start("sleep", "600");
    assertThat(stop(process, began(process) - 6, executable(process)).exit()).as("started at another time").isEqualTo(20);
    assertThat(stop(process, began(process), "0".repeat(64)).exit()).as("runs another program").isEqualTo(20);
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void leavesWhatIsProtectedAlone() throws Exception {
    Process process = start("sleep", "600");
    Ran named = run("--pid", "" + process.pid(), "--start", "" + began(process), "--sha256", executable(process), "--protect", "orthanc,sleep");
    assertThat(named.exit()).isEqualTo(21);
    assertThat(process.isAlive()).isTrue();
    assertThat(run("--pid", "1", "--start", "1", "--sha256", "0".repeat(64)).exit()).isEqualTo(21);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--pid", "--pid 12", "--pid 0 --start 1 --sha256 H", "--pid -1 --start 1 --sha256 H", "--pid 99999999 --start 1 --sha256 H",
      "--pid $(id) --start 1 --sha256 H", "--pid 12 --start x --sha256 H", "--pid 12 --start 1 --sha256 abc", "--pid 12 --start 1 --sha256 H --grace 241",
      "--pid 12 --start 1 --sha256 H --protect a;b", "--pid 12 --start 1 --sha256 H --kill yes", "--pid 12 --start 1 --sha256 H more"})
  void understandsNothingElse(String arguments) throws Exception {
    String filled = arguments.replace("H", "0".repeat(64));
    Ran ran = run(filled.isEmpty() ? new String[0] : filled.split(" "));
    assertThat(ran.exit()).isEqualTo(22);
    assertThat(ran.printed().path("pid").asInt()).isZero();
  }

  private Process start(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private static long began(Process process) {
    return process.info().startInstant().orElseThrow().getEpochSecond();
  }

  private static String executable(Process process) throws IOException, GeneralSecurityException {
    byte[] program = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/exe"));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(program));
  }

  private Ran stop(Process process, long began, String sha256) throws Exception {
    return run("--pid", "" + process.pid(), "--start", "" + began, "--sha256", sha256);
  }

  private Ran run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
    command.addAll(List.of(arguments));
    Process script = new ProcessBuilder(command).start();
    started.add(script);
    assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
    String printed = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(new String(script.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(printed.lines()).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(printed);
    assertThat(json.fieldNames()).toIterable().containsExactly("tool", "version", "result", "pid", "signal", "unit");
    return new Ran(script.exitValue(), json);
  }
}
