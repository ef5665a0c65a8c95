package io.cordon.sandbox;

import io.cordon.Cordon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Everything on one machine: database, simulated cloud, Cordon. Only addresses, trust and credentials make it local. */
public final class LocalCordon implements AutoCloseable {
  static final int PORT = 8080;

  final SandboxCloud sandbox;
  final ConfigurableApplicationContext cordon;
  final StatementCount statements;
  private final LocalDatabase database;

  private LocalCordon(LocalDatabase database, SandboxCloud sandbox, ConfigurableApplicationContext cordon, StatementCount statements) {
    this.statements = statements;
    this.database = database;
    this.sandbox = sandbox;
    this.cordon = cordon;
  }

  /**
   * Starts all of it.
   *
   * @param folder where data and keys are kept
   * @param port of Cordon; the sandbox takes 9443 and 9090. For port 0 all take any, and actions end sooner
   */
  public static LocalCordon start(Path folder, int port) throws IOException {
    return start(folder, port, Map.of());
  }

  /** The same with settings besides those that make it local. */
  public static LocalCordon start(Path folder, int port, Map<String, Object> more) throws IOException {
    Path home = folder.toAbsolutePath();
    // a test of this JVM may have left the engine's clock standing at a time of its own
    ClockUtil.reset();
    // before Spring sets up logging the database's start would fill the screen
    LoggingSystem.get(LocalCordon.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
    Files.createDirectories(home);
    LocalDatabase database = LocalDatabase.start(home.resolve("postgres"), port == 0 ? 0 : 15432);
    // closed after all contexts are: the pool must not lose its server first
    SpringApplication.getShutdownHandlers().add(database::close);
    SandboxCloud sandbox =
        new SandboxCloud(port == 0 ? 0 : 9443, port == 0 ? 0 : 9090, LocalSettings.authority(home), Duration.ofSeconds(port == 0 ? 2 : 6));
    SpringApplication.getShutdownHandlers().add(sandbox::close);
    SpringApplication application = new SpringApplication(Cordon.class);
    application.setRegisterShutdownHook(true);
    StatementCount statements = new StatementCount();
    if (port == 0) {
      application.addInitializers(context -> context.getBeanFactory().addBeanPostProcessor(statements));
    }
    int own = port == 0 ? LocalSettings.freePort() : port;
    Map<String, Object> settings = LocalSettings.of(home, own, database.url(), sandbox);
    settings.put("logging.file.name", home.resolve("cordon.log"));
    settings.put("logging.threshold.console", "warn");
    settings.put("spring.main.banner-mode", "off");
    settings.putAll(more);
    LocalCordon local = new LocalCordon(database, sandbox, application.run(LocalSettings.arguments(settings)), statements);
    local.registerTheRegisteredMachine();
    return local;
  }

  /** Two administrators say what the policy does not believe of a tag. */
  private void registerTheRegisteredMachine() throws IOException {
    String arcId = sandbox.devices.named("dev-build-01").orElseThrow().arcId;
    Scripts scripts = new Scripts(this);
    String known = new String(scripts.bytes("adm.one", "/api/register"), StandardCharsets.UTF_8);
    if (!known.contains(arcId.toLowerCase(Locale.ROOT))) {
      String entry = "register:\n  - arcId: %s\n    clinicalService: PACS\n    env: Dev\n    containsPhi: false\n    egress: DIRECT\n".formatted(arcId);
      String proposed = scripts.raw("adm.one", "/api/register/changes", Map.of("Content-Type", "application/yaml"), entry);
      String change = Call.JSON.readTree(proposed.substring(proposed.indexOf('\n') + 1)).path("id").asText();
      scripts.as("adm.two", "POST", "/api/register/changes/" + change + "/approval", null);
    }
  }

  /** Address of Cordon. */
  public String url() {
    return "http://localhost:" + cordon.getEnvironment().getProperty("local.server.port");
  }

  /** Address of the simulated cloud's pages. */
  public String cloudPages() {
    return sandbox.controlUrl();
  }

  /** The addresses of Cordon at which there is a page to look at, as they are mapped, such as {@code /cases/{id}}. */
  public Set<String> pages() {
    return cordon.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class).getHandlerMethods().entrySet().stream()
        .filter(mapping -> mapping.getValue().getBeanType().getName().startsWith("io.cordon.web.") && mapping.getValue().getReturnType().getParameterType() == String.class)
        .filter(mapping -> !mapping.getValue().getBeanType().isAnnotationPresent(RestController.class))
        .filter(mapping -> mapping.getKey().getMethodsCondition().getMethods().isEmpty() || mapping.getKey().getMethodsCondition().getMethods().contains(RequestMethod.GET))
        .flatMap(mapping -> mapping.getKey().getPatternValues().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Its tables, for what a test cannot wait for, such as cases of last month. */
  public JdbcTemplate tables() {
    return cordon.getBean(JdbcTemplate.class);
  }

  /** Raises a new alert about one of the sandbox's devices; returns the id of its case. */
  public String alert(String device) throws IOException {
    return new Scripts(this).alert(device).path("caseId").asText();
  }

  /** Somebody isolates or releases (Isolate, Unisolate) one of the devices in the Defender portal. */
  public void inThePortal(String type, String device) {
    sandbox.mde.inThePortal(type, sandbox.devices.named(device).orElseThrow());
  }

  /** The id that one of the sandbox's devices has in Defender. */
  public String machineId(String device) {
    return sandbox.devices.named(device).orElseThrow().mdeId;
  }

  /** The id that one of the sandbox's devices has in Azure Arc. */
  public String arcId(String device) {
    return sandbox.devices.named(device).orElseThrow().arcId;
  }

  @Override
  public void close() {
    cordon.close();
    sandbox.close();
    database.close();
  }
}
