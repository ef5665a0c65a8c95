package io.cordon.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** The simulated cloud: its services over HTTPS, its controls and pages over plain HTTP, both on loopback only. */
public final class SandboxCloud implements AutoCloseable {
  final SandboxClock clock = new SandboxClock();
  final RateLimits limits = new RateLimits(clock);
  final Journal journal = new Journal(clock);
  final Faults faults = new Faults();
  final Devices devices = new Devices();
  final Tokens tokens = new Tokens(clock);
  final PlacedAlerts alerts = new PlacedAlerts(clock, devices);
  final SimulatedGraph graph;
  final SimulatedCalendar calendar;
  final SimulatedFhir fhir;
  final SimulatedEntra entra;
  final SimulatedMde mde;
  final SimulatedConnector teams = new SimulatedConnector(tokens, limits);
  final ConnectorSigning connectorSigning;
  final TeamsClient teamsClient;
  final SimulatedSentinel sentinel = new SimulatedSentinel(tokens);
  final PagerDutyWebhookSender webhooks = new PagerDutyWebhookSender(clock);
  final SimulatedPagerDuty pagerDuty = new SimulatedPagerDuty(limits);

  private final List<Service> services;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final HttpsServer cloud;
  private final HttpServer controls;

  /**
   * Starts the sandbox.
   *
   * @param cloudPort port of the services, 0 for any
   * @param controlPort port of controls and pages, 0 for any
   * @param authority where the certificate of the sandbox's own authority is written, as PEM
   */
  public SandboxCloud(int cloudPort, int controlPort, Path authority, Duration actionLasts) throws IOException {
    HeldCertificate root = new HeldCertificate.Builder().certificateAuthority(0).commonName("Cordon sandbox").build();
    HeldCertificate server = new HeldCertificate.Builder().signedBy(root).addSubjectAlternativeName("localhost").addSubjectAlternativeName("127.0.0.1").build();
    Files.writeString(authority, root.certificatePem());
    var handshake = new HandshakeCertificates.Builder().heldCertificate(server, root.certificate()).build();
    cloud = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), cloudPort), 0);
    cloud.setHttpsConfigurator(new HttpsConfigurator(handshake.sslContext()));
    controls = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort), 0);
    entra = new SimulatedEntra(tokens, clock, cloudUrl());
    mde = new SimulatedMde(tokens, limits, devices, actionLasts, cloudUrl());
    calendar = new SimulatedCalendar(tokens, limits, clock, cloudUrl());
    fhir = new SimulatedFhir(tokens, cloudUrl());
    graph = new SimulatedGraph(tokens, limits, alerts, cloudUrl());
    connectorSigning = new ConnectorSigning(clock, cloudUrl());
    teamsClient = new TeamsClient(connectorSigning, teams, cloudUrl() + "/teams", clock);
    teams.onReplace(teamsClient::replaced);
    services =
        List.of(entra, connectorSigning, sentinel, mde, new SimulatedOnCalls(), new SimulatedResourceGraph(tokens, devices), teams, pagerDuty, calendar, fhir, graph,
            new SimulatedLogAnalytics(tokens, limits, alerts));
    cloud.createContext("/", this::serve);
    controls.createContext("/", new Controls(this)::serve);
    cloud.setExecutor(threads);
    controls.setExecutor(threads);
    cloud.start();
    controls.start();
  }

  /** Base address of the services. */
  public String cloudUrl() {
    return "https://localhost:" + cloud.getAddress().getPort();
  }

  /** Base address of controls and pages. */
  public String controlUrl() {
    return "http://localhost:" + controls.getAddress().getPort();
  }

  /** Where Cordon listens, so that Teams and PagerDuty can call it. */
  void callsBackAt(String cordonUrl) {
    teamsClient.register(cordonUrl + "/api/teams/messages");
    webhooks.register(cordonUrl + "/api/pagerduty/webhooks");
  }

  private void serve(HttpExchange exchange) throws IOException {
    Call call = read(exchange);
    Optional<Service> service = services.stream().filter(one -> one.serves(call)).findFirst();
    String name = service.map(Service::name).orElse("unknown");
    Faults.Fault fault = faults.take(name, call.path());
    if (fault.is("delay")) {
      pause(fault.delayMs());
    }
    Duration hidden = fault.is("late-visible") ? Duration.ofMillis(fault.delayMs()) : Duration.ZERO;
    Answer answer = fault.isServed() ? guarded(() -> service.map(one -> one.answer(call.hiddenFor(hidden))).orElseGet(Answer::unknown)) : fault.answer();
    journal.add(name, call, fault.isAnswered() ? answer.status() : 0, name.equals("entra") ? "" : new String(call.body(), StandardCharsets.UTF_8));
    if (fault.isAnswered()) {
      send(exchange, answer, fault.is("truncate"));
    } else {
      exchange.close();
    }
  }

  /** What the simulation itself cannot cope with is answered too, so that nobody takes it for a lost answer. */
  static Answer guarded(Supplier<Answer> simulation) {
    try {
      return simulation.get();
    } catch (RuntimeException e) {
      return Answer.json(500, Map.of("error", Map.of("code", "InternalServerError", "message", "the sandbox failed: " + e)));
    }
  }

  static void pause(int millis) {
    try {
      Thread.sleep(Math.min(millis, 60_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Call read(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return new Call(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""), headers,
        exchange.getRequestBody().readNBytes(2 << 20));
  }

  static void send(HttpExchange exchange, Answer answer, boolean cutShort) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body();
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body, 0, cutShort ? body.length / 2 : body.length);
    }
    exchange.close();
  }

  @Override
  public void close() {
    cloud.stop(0);
    controls.stop(0);
    threads.shutdownNow();
  }
}
