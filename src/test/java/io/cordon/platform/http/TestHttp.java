package io.cordon.platform.http;

import java.nio.file.Path;
import java.time.Duration;

/** The production HTTP stack with timeouts short enough for a test. */
public final class TestHttp {
  private TestHttp() {}

  public static JsonHttp json() {
    return new JsonHttp(clients(null));
  }

  public static HttpClients clients(Path trustedCa) {
    return new HttpClients(new HttpSettings(trustedCa, Duration.ofSeconds(2), Duration.ofMillis(400)));
  }
}
