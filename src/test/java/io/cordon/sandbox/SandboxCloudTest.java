package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SandboxCloudTest {
  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void journalsEveryRequestWithItsQuery() throws Exception {
    sandbox.send("POST", "", "/api/machines/x/isolate?a=b", "{}");
    assertThat(sandbox.cloud.journal.of("mde")).singleElement().satisfies(entry -> {
      assertThat(entry.status()).isEqualTo(401);
      assertThat(entry.path()).isEqualTo("/api/machines/x/isolate");
      assertThat(entry.query()).isEqualTo("a=b");
    });
  }

  @Test
  void answersWhatItCannotCopeWith() {
    Answer answer = SandboxCloud.guarded(() -> {
      throw new IllegalStateException("a fault of ours");
    });
    assertThat(answer.status()).isEqualTo(500);
    assertThat(new String(answer.body())).contains("a fault of ours");
  }

  @Test
  void journalsWhatItCannotCopeWith() throws Exception {
    RunningSandbox.Got got = sandbox.send("POST", "Basic", "/" + People.TENANT + "/oauth2/v2.0/token", "client_id=%zz");
    assertThat(got.status()).isEqualTo(500);
    assertThat(sandbox.cloud.journal.of("entra")).singleElement().satisfies(entry -> assertThat(entry.status()).isEqualTo(500));
  }

  @Test
  void refusesAnUnknownService() throws Exception {
    assertThat(sandbox.get("", "/bogus").status()).isEqualTo(400);
    assertThat(sandbox.cloud.journal.of("unknown")).hasSize(1);
  }
}
