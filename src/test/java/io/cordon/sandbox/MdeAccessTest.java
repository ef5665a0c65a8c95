package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MdeAccessTest {
  private static final String FULL = "{\"Comment\":\"cordon:x\",\"IsolationType\":\"Full\"}";

  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void letsOnlyAnIsolatorAct() throws Exception {
    String reader = sandbox.token(MdeAccess.AUDIENCE, MdeAccess.READ);
    String isolator = sandbox.token(MdeAccess.AUDIENCE, MdeAccess.ISOLATE);
    assertForbidden(act(reader, "isolate"));
    assertForbidden(act(reader, "unisolate"));
    assertThat(act(isolator, "unisolate").status()).isEqualTo(201);
    RunningSandbox.Got isolated = act(isolator, "isolate");
    assertThat(isolated.status()).isEqualTo(201);
    String cancel = "/api/machineactions/" + isolated.body().path("id").asText() + "/cancel";
    assertForbidden(sandbox.send("POST", reader, cancel, "{\"Comment\":\"no\"}"));
    assertThat(sandbox.send("POST", isolator, cancel, "{\"Comment\":\"no\"}").status()).isEqualTo(200);
  }

  @Test
  void letsOnlyAReaderRead() throws Exception {
    String isolator = sandbox.token(MdeAccess.AUDIENCE, MdeAccess.ISOLATE);
    assertForbidden(sandbox.get(isolator, "/api/machineactions"));
    assertForbidden(sandbox.get(isolator, "/api/machineactions/x"));
    assertForbidden(sandbox.get(isolator, machine()));
  }

  @Test
  void refusesAMissingAndAnExpiredToken() throws Exception {
    String token = sandbox.token(MdeAccess.AUDIENCE, MdeAccess.READ);
    assertThat(sandbox.get(token, machine()).status()).isEqualTo(200);
    assertThat(sandbox.get("", machine()).status()).isEqualTo(401);
    sandbox.pass(Duration.ofSeconds(3600));
    RunningSandbox.Got late = sandbox.get(token, machine());
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.code()).isEqualTo("Unauthorized");
  }

  @Test
  void refusesATokenForAnotherService() throws Exception {
    assertForbidden(sandbox.get(sandbox.token("https://api.security.microsoft.com", MdeAccess.READ), machine()));
  }

  private static void assertForbidden(RunningSandbox.Got got) {
    assertThat(got.status()).isEqualTo(403);
    assertThat(got.code()).isEqualTo("Forbidden");
  }

  private String machine() {
    return "/api/machines/" + sandbox.device("pacs-gw-01").mdeId;
  }

  private RunningSandbox.Got act(String token, String verb) throws IOException {
    return sandbox.send("POST", token, machine() + "/" + verb, verb.equals("isolate") ? FULL : "{\"Comment\":\"cordon:x\"}");
  }
}
