package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MdeOfflineTest {
  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void keepsAnActionPendingWhileTheMachineIsOffline() throws Exception {
    String action = isolateOffline();
    sandbox.pass(Duration.ofHours(71));
    assertThat(status(action)).isEqualTo("Pending");
  }

  @Test
  void dropsAnActionAfterThreeDays() throws Exception {
    String action = isolateOffline();
    sandbox.pass(Duration.ofHours(72));
    assertThat(status(action)).isEqualTo("TimeOut");
    turn(true);
    assertThat(status(action)).isEqualTo("TimeOut");
  }

  @Test
  void runsAnActionWhenTheMachineCameBackInTimeThoughNobodyLooked() throws Exception {
    String action = isolateOffline();
    sandbox.pass(Duration.ofHours(70));
    turn(true);
    sandbox.pass(Duration.ofHours(3));
    assertThat(status(action)).isEqualTo("Succeeded");
  }

  @Test
  void dropsAnActionWhenTheMachineCameBackTooLateThoughNobodyLooked() throws Exception {
    String action = isolateOffline();
    sandbox.pass(Duration.ofHours(73));
    turn(true);
    sandbox.pass(Duration.ofHours(1));
    assertThat(status(action)).isEqualTo("TimeOut");
  }

  @Test
  void runsAnActionAgainstAMachineThatWasBackOnlyForAMoment() throws Exception {
    String action = isolateOffline();
    sandbox.pass(Duration.ofHours(1));
    turn(true);
    sandbox.pass(Duration.ofMinutes(1));
    turn(false);
    assertThat(status(action)).isEqualTo("Succeeded");
  }

  @Test
  void leavesLastSeenAtTheMomentTheMachineWentOffline() throws Exception {
    Instant went = sandbox.cloud.clock.instant();
    turn(false);
    sandbox.pass(Duration.ofHours(5));
    assertThat(lastSeen()).isBetween(went, went.plusSeconds(60));
    turn(true);
    assertThat(lastSeen()).isAfter(went.plus(Duration.ofHours(5)));
  }

  private Instant lastSeen() throws IOException {
    return Instant.parse(sandbox.get(token(), "/api/machines/" + sandbox.device("pacs-gw-01").mdeId).body().path("lastSeen").asText());
  }

  private void turn(boolean online) throws IOException {
    String state = online ? "online" : "offline";
    assertThat(sandbox.control("PATCH", "/_sandbox/devices/pacs-gw-01", "{\"state\":\"" + state + "\"}").status()).isEqualTo(200);
  }

  private String isolateOffline() throws IOException {
    turn(false);
    return sandbox.send("POST", token(), "/api/machines/" + sandbox.device("pacs-gw-01").mdeId + "/isolate", "{\"Comment\":\"cordon:x\",\"IsolationType\":\"Full\"}")
        .body().path("id").asText();
  }

  private String status(String action) throws IOException {
    return sandbox.get(token(), "/api/machineactions/" + action).body().path("status").asText();
  }

  private String token() {
    return sandbox.token(MdeAccess.AUDIENCE, MdeAccess.ISOLATE, MdeAccess.READ);
  }
}
