package io.cordon.platform.http;

import io.cordon.platform.phi.OutgoingNet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The production HTTP stack with timeouts short enough for a test. */
public final class TestHttp {
  private TestHttp() {}

  public static JsonHttp json() {
    return json(null);
  }

  public static JsonHttp json(Path trustedCa) {
    return new JsonHttp(clients(trustedCa), net());
  }

  /** The net for patient data as a site has it that configured no patterns of its own. */
  public static OutgoingNet net() {
    return OutgoingNet.of(Map.of(), "http://localhost:8080", new SimpleMeterRegistry());
  }

  public static HttpClients clients(Path trustedCa) {
    return new HttpClients(new HttpSettings(trustedCa, Duration.ofSeconds(2), Duration.ofMillis(400)));
  }
}
