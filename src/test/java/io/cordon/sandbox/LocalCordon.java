package io.cordon.sandbox;

import io.cordon.Cordon;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Everything on one machine: database, simulated cloud, Cordon. Only addresses, trust and credentials make it local. */
public final class LocalCordon implements AutoCloseable {
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
  public static LocalCordon start(Path folder, int port) throws IOException {
    Path home = folder.toAbsolutePath();
    Files.createDirectories(home);
    LocalDatabase database = LocalDatabase.start(home.resolve("postgres"), port == 0 ? 0 : 15432);
    // closed after all contexts are: the pool must not lose its server first
    SpringApplication.getShutdownHandlers().add(database::close);
    Path authority = home.resolve("sandbox-ca.pem");
    SandboxCloud sandbox = new SandboxCloud(port == 0 ? 0 : 9443, port == 0 ? 0 : 9090, authority, Duration.ofSeconds(port == 0 ? 2 : 6));
    SpringApplication.getShutdownHandlers().add(sandbox::close);
    SpringApplication application = new SpringApplication(Cordon.class);
    application.setRegisterShutdownHook(true);
    return new LocalCordon(sandbox, application.run(settings(home, port, database, sandbox, authority)));
  }

  /** Cards must name the port, so it is chosen before Cordon starts. */
  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String[] settings(Path home, int port, LocalDatabase database, SandboxCloud sandbox, Path authority)
      throws IOException {
    int serverPort = port == 0 ? free() : port;
    List<String> settings = new ArrayList<>();
    Map<String, Object> values = new java.util.LinkedHashMap<>();
    values.put("server.port", serverPort);
    values.put("cordon.public-url", "http://localhost:" + serverPort);
    values.put("server.address", "127.0.0.1");
    values.put("management.server.port", port == 0 ? 0 : 8081);
    values.put("spring.datasource.url", database.url());
    values.put("spring.datasource.username", "postgres");
    values.put("spring.datasource.password", "postgres");
    values.put("cordon.evidence.key-file", home.resolve("evidence-key.pem"));
    values.put("cordon.evidence.create-key-if-missing", true);
    values.put("cordon.sealed.key-file", home.resolve("sealing-key.b64"));
    values.put("cordon.sealed.create-key-if-missing", true);
    values.put("cordon.http.trusted-ca", authority);
    values.put("cordon.entra.tenant-id", People.TENANT);
    values.put("cordon.entra.client-id", People.CORDON);
    values.put("cordon.entra.client-secret", People.SECRET);
    values.put("cordon.entra.authority-host", sandbox.cloudUrl());
    values.put("cordon.entra.sign-in-url", sandbox.controlUrl() + "/" + People.TENANT + "/oauth2/v2.0/authorize");
    People.GROUPS.forEach((service, group) -> values.put("cordon.gate.clinical-services." + service, group));
    values.put("cordon.mde.base-url", sandbox.cloudUrl());
    values.put("cordon.arm.base-url", sandbox.cloudUrl());
    values.put("cordon.arm.subscriptions[0]", "44444444-4444-4444-8444-444444444444");
    values.put("cordon.teams.service-url", sandbox.cloudUrl() + "/teams/");
    values.put("cordon.teams.allowed-hosts[0]", "localhost");
    values.put("cordon.teams.tenant-id", People.TENANT);
    values.put("cordon.teams.bot-app-id", People.CORDON);
    values.put("cordon.teams.channels.default", "19:clinical-ops@thread.tacv2");
    values.put("cordon.pagerduty.events-url", sandbox.cloudUrl());
    values.put("cordon.pagerduty.routing-keys.default", "sandbox0sandbox0sandbox0sandbox0");
    values.put("cordon.containment.poll-interval", "PT2S");
    values.put("cordon.containment.read-back-delay", "PT5S");
    values.forEach((name, value) -> settings.add("--" + name + "=" + value));
    return settings.toArray(String[]::new);
  }

  /** Address of Cordon. */
  public String url() {
    return "http://localhost:" + cordon.getEnvironment().getProperty("local.server.port");
  }

  /** Address of the simulated cloud's pages. */
  public String cloudPages() {
    return sandbox.controlUrl();
  }

  /** Raises a new alert about one of the sandbox's devices; returns the id of its case. */
  public String alert(String device) throws IOException {
    return new Scripts(this).alert(device).path("caseId").asText();
  }

  @Override
  public void close() {
    cordon.close();
  }
}
