package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ControlsTest {
  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void stepsTheClockOnlyBySeconds() throws Exception {
    Instant before = sandbox.cloud.clock.instant();
    assertThat(sandbox.control("POST", "/_sandbox/clock", "{\"advanceSeconds\":60}").status()).isEqualTo(200);
    for (String bad : List.of("{}", "{\"advanceSeconds\":\"60\"}", "{\"advanceSeconds\":-1}", "{\"advanceSeconds\":1.5}", "no")) {
      assertThat(sandbox.control("POST", "/_sandbox/clock", bad).status()).isEqualTo(400);
    }
    assertThat(Duration.between(before, sandbox.cloud.clock.instant())).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
  }

  @Test
  void listsRequestsOnlyOfServicesThereAre() throws Exception {
    sandbox.get("", "/api/machines");
    assertThat(sandbox.control("GET", "/_sandbox/requests?service=mde", null).body().size()).isEqualTo(1);
    assertThat(sandbox.control("GET", "/_sandbox/requests", null).body().size()).isEqualTo(1);
    assertThat(sandbox.control("GET", "/_sandbox/requests?service=fhir", null).body().size()).isZero();
    assertThat(sandbox.control("GET", "/_sandbox/requests?service=bogus", null).status()).isEqualTo(400);
    assertThat(sandbox.control("GET", "/_sandbox/requests?servcie=mde", null).status()).isEqualTo(400);
  }

  @Test
  void listsTheMachines() throws Exception {
    JsonNode devices = sandbox.control("GET", "/_sandbox/devices", null).body();
    assertThat(devices.findValuesAsText("name"))
        .containsExactly("pacs-gw-01", "fhir-prod-01", "ehr-db-01", "img-proxy-01", "dev-build-01", "untagged-01", "twin-01", "twin-01", "lis-aix-01", "merged-01", "merged-01");
    assertThat(sandbox.control("PATCH", "/_sandbox/devices/bogus", "{\"state\":\"offline\"}").status()).isEqualTo(400);
  }

  @Test
  void liftsTheRateLimitsWhenTold() throws Exception {
    assertThat(sandbox.control("POST", "/_sandbox/limits", "{\"enforced\":false}").status()).isEqualTo(200);
    assertThat(sandbox.cloud.limits.enforced()).isFalse();
    assertThat(sandbox.control("POST", "/_sandbox/limits", "{}").status()).isEqualTo(400);
  }
}
