package io.cordon.containment.signs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Until when a machine must be seen as it should be.
 *
 * @param isolatedWithin after an isolation; Arc needs up to half an hour to notice that a machine is gone
 * @param releasedWithin after a release
 * @param probeThisHost whether a service on Cordon's own host may be probed, as where all is on one machine
 */
@ConfigurationProperties("cordon.containment.signs")
record SignsSettings(Duration isolatedWithin, Duration releasedWithin, boolean probeThisHost) {
  SignsSettings {
    isolatedWithin = isolatedWithin == null ? Duration.ofMinutes(45) : isolatedWithin;
    releasedWithin = releasedWithin == null ? Duration.ofMinutes(20) : releasedWithin;
  }

  Duration within(boolean released) {
    return released ? releasedWithin : isolatedWithin;
  }
}
