package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatedMdeTest {
  private static final String FULL = "{\"Comment\":\"cordon:x\",\"IsolationType\":\"Full\"}";

  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void isolatesOverTime() throws Exception {
    String action = isolate(FULL).body().path("id").asText();
    assertThat(status(action)).isEqualTo("Pending");
    sandbox.pass(Duration.ofSeconds(12));
    assertThat(status(action)).isEqualTo("InProgress");
    sandbox.pass(Duration.ofSeconds(20));
    assertThat(status(action)).isEqualTo("Succeeded");
  }

  @Test
  void refusesWhatTheContractRefuses() throws Exception {
    assertThat(isolate("{\"comment\":\"x\",\"IsolationType\":\"Full\"}").code()).isEqualTo("InvalidRequestBody");
    assertThat(isolate("{\"IsolationType\":\"Full\"}").code()).isEqualTo("MissingRequiredParameter");
    assertThat(isolate("{\"Comment\":\"x\",\"IsolationType\":\"Selective\"}").code()).isEqualTo("OsPlatformNotSupported");
    assertThat(isolate(FULL).status()).isEqualTo(201);
    assertThat(isolate(FULL).code()).isEqualTo("ActiveRequestAlreadyExists");
  }

  @Test
  void refusesAnotherPath() throws Exception {
    assertThat(sandbox.get(all(), "/api/machines/x/software").status()).isEqualTo(400);
  }

  private RunningSandbox.Got isolate(String body) throws IOException {
    return sandbox.send("POST", all(), "/api/machines/" + sandbox.device("pacs-gw-01").mdeId + "/isolate", body);
  }

  private String status(String action) throws IOException {
    return sandbox.get(all(), "/api/machineactions/" + action).body().path("status").asText();
  }

  private String all() {
    return sandbox.token(MdeAccess.AUDIENCE, MdeAccess.ISOLATE, MdeAccess.READ);
  }
}
