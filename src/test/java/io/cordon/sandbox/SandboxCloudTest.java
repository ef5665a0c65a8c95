package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SandboxCloudTest {
  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void journalsEveryRequest() throws Exception {
    sandbox.send("POST", "", "/api/machines/x/isolate", "{}");
    assertThat(sandbox.cloud.journal.of("mde")).singleElement().satisfies(entry -> assertThat(entry.status()).isEqualTo(401));
  }
}
