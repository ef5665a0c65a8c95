package io.cordon.containment.signs;

import io.cordon.containment.signs.Signs.Probe;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Asks a machine's own service whether it is there: {@code dicom://host:port/TITLE} answers a C-ECHO, {@code tcp://host:port}
 * takes a connection, {@code http(s)://..../metadata} is a FHIR server that says what it can do, any other address of the web
 * answers at all. Nothing of an answer is kept. The addresses come from the register, where two people agreed on them; none may
 * lead to Cordon's own host.
 */
final class ServiceProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final JsonHttp http;
  private final boolean alsoThisHost;

  /** @param alsoThisHost whether the host that Cordon runs on may be asked, as where all is on one machine */
  ServiceProbe(JsonHttp http, boolean alsoThisHost) {
    this.http = http;
    this.alsoThisHost = alsoThisHost;
  }

  /** @param address as the register has it, or null */
  Probe look(String address) {
    if (address == null) {
      return Probe.PROBE_NONE;
    }
    try {
      URI target = URI.create(address);
      return mayBeAsked(target) ? ask(target) : Probe.PROBE_UNKNOWN;
    } catch (IOException | NotSent | AmbiguousSend e) {
      return Probe.PROBE_SILENT;
    } catch (IllegalArgumentException e) {
      return Probe.PROBE_UNKNOWN;
    }
  }

  /** Link-local addresses are, among others, where a cloud hands out credentials. */
  private boolean mayBeAsked(URI target) throws IOException {
    return target.getHost() != null
        && (alsoThisHost || Stream.of(InetAddress.getAllByName(target.getHost())).noneMatch(ServiceProbe::isThisHost));
  }

  private static boolean isThisHost(InetAddress address) {
    return address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress() || address.isMulticastAddress();
  }

  private Probe ask(URI target) throws IOException {
    return switch (target.getScheme()) {
      case "dicom" -> DicomEcho.ask(socket(target), target.getPath().substring(1), PATIENCE);
      case "tcp" -> connects(socket(target));
      default -> answers(target);
    };
  }

  private static InetSocketAddress socket(URI target) {
    if (target.getPort() < 1) {
      throw new IllegalArgumentException("no port");
    }
    return new InetSocketAddress(target.getHost(), target.getPort());
  }

  private static Probe connects(InetSocketAddress target) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(target, (int) PATIENCE.toMillis());
      return Probe.PROBE_ANSWERED;
    }
  }

  private Probe answers(URI target) {
    JsonResponse answer = http.exchange(RestCall.get("probe", "service", target.toString()));
    if (answer.status() >= 500) {
      return Probe.PROBE_SILENT;
    }
    return target.getPath().endsWith("/metadata") ? isFhir(answer) : Probe.PROBE_ANSWERED;
  }

  /** Something that answers in its place, such as a proxy, is not the service. */
  private static Probe isFhir(JsonResponse answer) {
    boolean says = answer.status() == 200 && "CapabilityStatement".equals(answer.body().path("resourceType").asText());
    return says ? Probe.PROBE_ANSWERED : Probe.PROBE_UNKNOWN;
  }
}
