package io.cordon.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What makes Cordon local: addresses, trust and credentials. The same for this JVM and for a child. */
final class LocalSettings {
  private LocalSettings() {}

  /** Where the sandbox leaves the certificate of its authority. */
  static Path authority(Path home) {
    return home.resolve("sandbox-ca.pem");
  }

  /** A port that is free now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * The settings by name.
   *
   * @param home where the keys are kept
   * @param port of Cordon, which its cards name
   */
  static Map<String, Object> of(Path home, int port, String databaseUrl, SandboxCloud sandbox) {
    sandbox.callsBackAt("http://127.0.0.1:" + port);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("server.port", port);
    values.put("cordon.public-url", "http://localhost:" + port);
    values.put("server.address", "127.0.0.1");
    values.put("management.server.port", port == LocalCordon.PORT ? 8081 : 0);
    values.put("spring.datasource.url", databaseUrl);
    values.put("spring.datasource.username", "postgres");
    values.put("spring.datasource.password", "postgres");
    values.put("cordon.evidence.key-file", home.resolve("evidence-key.pem"));
    values.put("cordon.evidence.create-key-if-missing", true);
    values.put("cordon.sealed.key-file", home.resolve("sealing-key.b64"));
    values.put("cordon.sealed.create-key-if-missing", true);
    values.put("cordon.http.trusted-ca", authority(home));
    values.put("cordon.entra.tenant-id", People.TENANT);
    values.put("cordon.entra.client-id", People.CORDON);
    values.put("cordon.entra.client-secret", People.SECRET);
    values.put("cordon.entra.authority-host", sandbox.cloudUrl());
    values.put("cordon.entra.sign-in-url", sandbox.controlUrl() + "/" + People.TENANT + "/oauth2/v2.0/authorize");
    People.GROUPS.forEach((service, group) -> values.put("cordon.gate.clinical-services." + service, group));
    values.put("cordon.mde.base-url", sandbox.cloudUrl());
    values.put("cordon.arm.base-url", sandbox.cloudUrl());
    values.put("cordon.arm.subscriptions[0]", "44444444-4444-4444-8444-444444444444");
    values.put("cordon.sentinel.workspace", SimulatedSentinel.WORKSPACE);
    values.put("cordon.sentinel.activate", true);
    values.put("cordon.log-analytics.base-url", sandbox.cloudUrl());
    values.put("cordon.graph.base-url", sandbox.cloudUrl());
    values.put("cordon.windows.mailbox", SimulatedCalendar.MAILBOX);
    values.put("cordon.windows.refresh", "PT10S");
    values.put("cordon.clearance.fhir-url", sandbox.cloudUrl() + "/fhir/r4");
    values.put("cordon.clearance.scope", SimulatedFhir.AUDIENCE + "/.default");
    values.put("cordon.clearance.runs-on[0]", "fhir-prod-01");
    values.put("cordon.sources.log-analytics.workspace-id", SimulatedLogAnalytics.WORKSPACE);
    values.put("cordon.teams.service-url", sandbox.cloudUrl() + "/teams/");
    values.put("cordon.teams.allowed-hosts[0]", "localhost");
    values.put("cordon.teams.tenant-id", People.TENANT);
    values.put("cordon.teams.bot-app-id", People.CORDON);
    values.put("cordon.teams.mode", "BOT");
    values.put("cordon.teams.connector-metadata", sandbox.cloudUrl() + ConnectorSigning.METADATA);
    values.put("cordon.teams.channels.default", "19:clinical-ops@thread.tacv2");
    values.put("cordon.pagerduty.events-url", sandbox.cloudUrl());
    values.put("cordon.pagerduty.webhook-secrets[0]", PagerDutyWebhookSender.SECRET);
    values.put("cordon.on-call.api-url", sandbox.cloudUrl());
    values.put("cordon.on-call.api-key", SimulatedOnCalls.KEY);
    People.GROUPS.keySet().forEach(service -> values.put("cordon.on-call.escalation-policies." + service, "P" + service));
    values.put("cordon.pagerduty.routing-keys.default", "sandbox0sandbox0sandbox0sandbox0");
    values.put("logging.level.org.flywaydb.core.internal.command.DbMigrate", "error");
    values.put("cordon.containment.watch.enabled", true);
    values.put("cordon.containment.watch.interval", "PT5S");
    values.put("cordon.hunts.enabled", true);
    values.put("cordon.hunts.span", "PT30S");
    values.put("cordon.hunts.settle", "PT1S");
    values.put("cordon.hunts.interval", "PT2S");
    values.put("cordon.containment.poll-interval", "PT2S");
    values.put("cordon.containment.read-back-delay", "PT5S");
    return values;
  }

  /** The settings as arguments of a main class. */
  static String[] arguments(Map<String, Object> settings) {
    return settings.entrySet().stream().map(one -> "--" + one.getKey() + "=" + one.getValue()).toArray(String[]::new);
  }
}
