package io.cordon.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.test.context.DynamicPropertyRegistry;

/** What every test of the whole application needs: an empty database, keys of its own, no job threads, free ports. */
public final class TestSettings {
  private TestSettings() {}

  /** Registers all of it; the name is that of the database. */
  public static void register(DynamicPropertyRegistry registry, String name) {
    TestDatabase.register(registry, name);
    try {
      Path keys = Files.createTempDirectory("cordon-keys");
      registry.add("cordon.evidence.key-file", () -> keys.resolve("evidence.pem"));
      registry.add("cordon.evidence.create-key-if-missing", () -> true);
      registry.add("cordon.sealed.key-file", () -> keys.resolve("sealing.b64"));
      registry.add("cordon.sealed.create-key-if-missing", () -> true);
    } catch (IOException e) {
      throw new IllegalStateException("no place for test keys", e);
    }
    // each case of a test looks at its own outside world
    registry.add("cordon.assets.fresh-for", () -> "PT0S");
    registry.add("cordon.containment.signs.enabled", () -> false);
    registry.add("cordon.containment.late.enabled", () -> false);
    registry.add("cordon.containment.signs.probe-this-host", () -> true);
    registry.add("cordon.worker.threads", () -> 0);
    registry.add("camunda.bpm.job-execution.enabled", () -> false);
    registry.add("management.server.port", () -> 0);
  }
}
