package io.cordon.sandbox;

import io.cordon.Cordon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Everything on one machine: database, simulated cloud, Cordon. Only addresses, trust and credentials make it local. */
final class LocalCordon implements AutoCloseable {
  static final int PORT = 8080;

  final SandboxCloud sandbox;
  final ConfigurableApplicationContext cordon;

  private LocalCordon(SandboxCloud sandbox, ConfigurableApplicationContext cordon) {
    this.sandbox = sandbox;
    this.cordon = cordon;
  }

  /**
   * Starts all of it.
   *
   * @param folder where data and keys are kept
   * @param port of Cordon; the sandbox takes 9443 and 9090, or any for port 0
   */
  static LocalCordon start(Path folder, int port) throws IOException {
    Path home = folder.toAbsolutePath();
    Files.createDirectories(home);
    LocalDatabase database = LocalDatabase.start(home.resolve("postgres"), port == 0 ? 0 : 15432);
    // closed after all contexts are: the pool must not lose its server first
    SpringApplication.getShutdownHandlers().add(database::close);
    SandboxCloud sandbox =
        new SandboxCloud(port == 0 ? 0 : 9443, port == 0 ? 0 : 9090, LocalSettings.authority(home), Duration.ofSeconds(6));
    SpringApplication.getShutdownHandlers().add(sandbox::close);
    SpringApplication application = new SpringApplication(Cordon.class);
    application.setRegisterShutdownHook(true);
    return new LocalCordon(sandbox, application.run(LocalSettings.arguments(LocalSettings.of(home, port, database.url(), sandbox))));
  }

  /** Address of Cordon. */
  String url() {
    return "http://localhost:" + cordon.getEnvironment().getProperty("local.server.port");
  }

  @Override
  public void close() {
    cordon.close();
  }
}
