package io.cordon.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java verifier and verify.py give the same first line; more trees with {@code -Dcordon.evidence.trees=10000}. */
class VerifiersAgreeTest {
  private static final int TREES = Integer.getInteger("cordon.evidence.trees", 150);
  private static final int LARGEST = 1_100;

  @TempDir Path folder;

  @Test
  void agreeOnRandomTreesGoodAndDamaged() throws Exception {
    assumeTrue(pythonIsHere(), "python3 is missing");
    Random random = new Random(20_260_102);
    List<String> files = new ArrayList<>();
    List<String> java = new ArrayList<>();
    for (int i = 0; i < TREES; i++) {
      int kind = i % 10;
      Bundles bundle = damaged(kind, 1 + random.nextInt(LARGEST), random);
      Path file = bundle.zip(folder.resolve(i + ".zip"));
      files.add(file.toString());
      String report = firstLine(file.toString(), "--vkey", Bundles.KEY.verifierKey().text());
      assertThat(report.startsWith("OK")).as(kind + " " + report).isEqualTo(kind < 3);
      java.add(report);
    }
    for (String odd : Bundles.ODD_LINES) {
      Bundles bundle = Bundles.of(List.of(odd.getBytes(StandardCharsets.UTF_8)), Bundles.KEY);
      files.add(bundle.zip(folder.resolve("odd" + files.size() + ".zip")).toString());
      java.add(firstLine(files.get(files.size() - 1)));
    }
    List<String> python = python(files);
    for (int i = 0; i < files.size(); i++) {
      assertThat(verdict(python.get(i))).as(files.get(i)).isEqualTo(verdict(java.get(i)));
    }
  }

  @Test
  void saysWhenTheKeyComesFromTheBundleItself() throws IOException {
    Path file = Bundles.of(Bundles.lines(2, new Random(1)), Bundles.KEY).zip(folder.resolve("b.zip"));
    assertThat(run(file.toString())).startsWith("0 OK 2 entries").contains("taken from the bundle itself");
    assertThat(run(file.toString(), "--vkey", Bundles.key(2).verifierKey().text())).startsWith("1 BAD bundle");
    assertThat(run()).startsWith("2 usage");
    assertThat(run(folder.resolve("none").toString())).startsWith("2 usage");
    Files.writeString(file, "not a zip");
    assertThat(run(file.toString())).startsWith("1 BAD bundle");
  }

  private static Bundles damaged(int kind, int size, Random random) {
    List<byte[]> lines = new ArrayList<>(Bundles.lines(size, random));
    Bundles bundle = Bundles.of(lines, Bundles.KEY);
    int at = random.nextInt(size);
    switch (kind) {
      case 0, 1, 2 -> { }
      case 3 -> bundle.entries[random.nextInt(bundle.entries.length)] ^= (byte) (1 << random.nextInt(8));
      case 4 -> bundle.leaves[random.nextInt(bundle.leaves.length)] ^= (byte) (1 << random.nextInt(8));
      case 5 -> bundle.note = flip(bundle.note, random);
      case 6 -> {
        lines.remove(at);
        bundle = bundle.withLines(lines);
      }
      case 7 -> {
        lines.add(at, lines.get(at));
        bundle = bundle.withLines(lines);
      }
      case 8 -> {
        Collections.reverse(lines);
        lines.add(0, "{}".getBytes(StandardCharsets.UTF_8));
        bundle = bundle.withLines(lines);
      }
      default -> bundle = Bundles.of(lines, Bundles.key(2));
    }
    return bundle;
  }

  private static String flip(String note, Random random) {
    int at = random.nextInt(note.length());
    return note.substring(0, at) + (char) (note.charAt(at) ^ 1) + note.substring(at + 1);
  }

  private static String verdict(String line) {
    return line.startsWith("OK") ? line : line.substring(0, line.indexOf(':'));
  }

  private static String firstLine(String... args) {
    return run(args).lines().findFirst().orElseThrow().substring(2);
  }

  private static String run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exit = VerifyCommand.run(args, new PrintStream(out, true, StandardCharsets.UTF_8));
    return exit + " " + out.toString(StandardCharsets.UTF_8);
  }

  private static boolean pythonIsHere() {
    try {
      new ProcessBuilder("python3", "--version").start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> python(List<String> files) throws Exception {
    Path script = Files.writeString(folder.resolve("verify.py"), EvidenceBundle.script());
    List<String> command = new ArrayList<>(List.of("python3", script.toString()));
    command.addAll(files);
    command.addAll(List.of("--vkey", Bundles.KEY.verifierKey().text()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(1);
    return output.lines().toList();
  }
}
