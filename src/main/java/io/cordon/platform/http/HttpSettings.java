package io.cordon.platform.http;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How every outgoing connection is made. Timeouts: contract teams-pagerduty, section 6.
 *
 * @param trustedCa PEM file with certificate authorities trusted besides the platform's own; null for none
 */
@ConfigurationProperties("cordon.http")
public record HttpSettings(Path trustedCa, Duration connectTimeout, Duration readTimeout) {
  public HttpSettings {
    connectTimeout = connectTimeout == null ? Duration.ofSeconds(5) : connectTimeout;
    readTimeout = readTimeout == null ? Duration.ofSeconds(15) : readTimeout;
  }

  /** No call lasts longer, whatever the other side does. */
  public Duration longestCall() {
    return connectTimeout.plus(readTimeout.multipliedBy(2));
  }
}
