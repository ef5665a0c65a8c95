package io.cordon.evidence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * {@code make bench-evidence}: appends, sequences and signs a million entries on a durable PostgreSQL and reports the rate
 * of every tenth of them; then exports the log and verifies it with both verifiers. The first argument is another number.
 */
public final class EvidenceBench {
  private static final int COMMIT = 100;
  private static final int PARTS = 10;

  private EvidenceBench() {}

  public static void main(String[] arguments) throws Exception {
    int entries = arguments.length > 0 && !arguments[0].isBlank() ? Integer.parseInt(arguments[0]) : 1_000_000;
    Path folder = Files.createTempDirectory("cordon-evidence-bench");
    try (EmbeddedPostgres server = EvidenceDatabase.start()) {
      EvidenceDatabase db = EvidenceDatabase.create(server, "bench");
      double[] rates = append(db, db.pump(folder.resolve("last"), Bundles.KEY), entries);
      System.out.printf("appended, sequenced, signed: first tenth %.0f/s, last tenth %.0f/s, last/first %.2f%n", rates[0], rates[PARTS - 1], rates[PARTS - 1] / rates[0]);
      System.out.println("every tenth: " + Arrays.stream(rates).mapToObj(rate -> String.format("%.0f", rate)).toList());
      prove(db, entries);
      verify(export(db, folder.resolve("log.zip")));
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
    System.exit(0);
  }

  private static double[] append(EvidenceDatabase db, EvidencePump pump, int entries) {
    double[] rates = new double[PARTS];
    int part = entries / PARTS;
    for (int i = 0; i < PARTS; i++) {
      long start = System.nanoTime();
      for (int done = 0; done < part; done += COMMIT) {
        db.log.appendAll(events(Math.min(COMMIT, part - done)));
        if (done % 5_000 == 0) {
          pump.flush();
        }
      }
      pump.flush();
      rates[i] = part / seconds(start);
    }
    return rates;
  }

  private static List<EvidenceEvent> events(int count) {
    List<EvidenceEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(new EvidenceEvent(EvidenceType.ALERT_RECEIVED, "c-01a211e833049d4ce1825d1b23f9c81a", null,
          Map.of("systemAlertId", "0d5c1f6e-2a9f-4f0b-9f5e-6f1c7b0a1d22", "severity", "High", "detector", "Defender for Endpoint", "tactics", "Execution", "falsePositive", false),
          List.of(new EvidenceRef("alert", "ab".repeat(32), true))));
    }
    return events;
  }

  private static void prove(EvidenceDatabase db, int entries) {
    String note = db.log.latestCheckpoint().orElseThrow();
    EvidenceProofs proofs = new EvidenceProofs(db.jdbc);
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      long seq = (long) i * (entries / 100);
      proofs.under(note).inclusion(db.log.entries(seq, seq + 1).get(0));
    }
    System.out.printf("one proof: %.1f ms%n", seconds(start) * 10);
  }

  private static Path export(EvidenceDatabase db, Path file) throws IOException {
    long start = System.nanoTime();
    try (OutputStream out = Files.newOutputStream(file)) {
      new EvidenceBundle(db.log, new PublishedKeys(db.jdbc, Bundles.KEY.verifierKey())).write(out);
    }
    System.out.printf("exported %d MB in %.1f s%n", Files.size(file) >> 20, seconds(start));
    return file;
  }

  private static void verify(Path file) throws Exception {
    String vkey = Bundles.KEY.verifierKey().text();
    long start = System.nanoTime();
    int exit = VerifyCommand.run(new String[] {file.toString(), "--vkey", vkey}, System.out);
    System.out.printf("verified by Java in %.1f s, exit %d, heap at most %d MB%n", seconds(start), exit, Runtime.getRuntime().maxMemory() >> 20);
    Path script = Files.writeString(file.resolveSibling("verify.py"), EvidenceBundle.script());
    start = System.nanoTime();
    Process python = new ProcessBuilder("python3", script.toString(), file.toString(), "--vkey", vkey).inheritIO().start();
    exit = python.waitFor();
    System.out.printf("verified by verify.py in %.1f s, exit %d%n", seconds(start), exit);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
