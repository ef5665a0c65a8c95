package io.cordon.containment.signs;

import io.cordon.containment.signs.Signs.Probe;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * Asks a machine's own service whether it is there: {@code tcp://host:port} takes a connection, {@code http(s)://..../metadata} is
 * a FHIR server that says what it can do, any other address of the web answers at all. Nothing of an answer is kept. The
 * addresses come from the register, where two people agreed on them.
 */
final class ServiceProbe {
  private static final int PATIENCE_MILLIS = 5_000;

  private final JsonHttp http;

  ServiceProbe(JsonHttp http) {
    this.http = http;
  }

  /** @param address as the register has it, or null */
  Probe look(String address) {
    if (address == null) {
      return Probe.PROBE_NONE;
    }
    try {
      URI target = URI.create(address);
      return "tcp".equals(target.getScheme()) ? connects(target) : answers(target);
    } catch (IllegalArgumentException e) {
      return Probe.PROBE_UNKNOWN;
    }
  }

  private static Probe connects(URI target) {
    if (target.getHost() == null || target.getPort() < 1) {
      return Probe.PROBE_UNKNOWN;
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(target.getHost(), target.getPort()), PATIENCE_MILLIS);
      return Probe.PROBE_ANSWERED;
    } catch (IOException e) {
      return Probe.PROBE_SILENT;
    }
  }

  private Probe answers(URI target) {
    try {
      JsonResponse answer = http.exchange(RestCall.get("probe", "service", target.toString()));
      if (answer.status() >= 500) {
        return Probe.PROBE_SILENT;
      }
      return target.getPath().endsWith("/metadata") ? isFhir(answer) : Probe.PROBE_ANSWERED;
    } catch (NotSent | AmbiguousSend e) {
      return Probe.PROBE_SILENT;
    }
  }

  /** Something that answers in its place, such as a proxy, is not the service. */
  private static Probe isFhir(JsonResponse answer) {
    boolean says = answer.status() == 200 && "CapabilityStatement".equals(answer.body().path("resourceType").asText());
    return says ? Probe.PROBE_ANSWERED : Probe.PROBE_UNKNOWN;
  }
}
