package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FaultsTest {
  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void hidesWhatWasDoneThoughItsAnswerWasLost() throws Exception {
    fault("{\"service\":\"mde\",\"path\":\"/isolate\",\"mode\":\"late-visible\",\"delayMs\":90000}", 201);
    assertThatThrownBy(this::isolate).isInstanceOf(IOException.class);
    assertThat(listed()).isZero();
    assertThat(isolate().code()).isEqualTo("ActiveRequestAlreadyExists");
    sandbox.pass(Duration.ofSeconds(90));
    assertThat(listed()).isEqualTo(1);
    assertThat(sandbox.cloud.journal.of("mde").get(0).status()).isZero();
  }

  @Test
  void doesWhatTheLostAnswerWouldHaveSaid() throws Exception {
    fault("{\"service\":\"mde\",\"path\":\"/isolate\",\"mode\":\"lost\"}", 201);
    assertThatThrownBy(this::isolate).isInstanceOf(IOException.class);
    assertThat(listed()).isEqualTo(1);
  }

  @Test
  void doesNothingWhenTheConnectionIsReset() throws Exception {
    fault("{\"service\":\"mde\",\"path\":\"/isolate\",\"mode\":\"reset\"}", 201);
    assertThatThrownBy(this::isolate).isInstanceOf(IOException.class);
    assertThat(listed()).isZero();
  }

  @Test
  void saysHowLongToWaitWithATooMany() throws Exception {
    fault("{\"service\":\"mde\",\"path\":\"/isolate\",\"mode\":\"status\",\"status\":429,\"delayMs\":2500}", 201);
    RunningSandbox.Got refused = isolate();
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("3");
    assertThat(isolate().status()).isEqualTo(201);
  }

  @Test
  void refusesAFaultItDoesNotKnow() throws Exception {
    for (String unknown : List.of("\"service\":\"bogus\",\"mode\":\"lost\"", "\"service\":\"mde\",\"mode\":\"bogus\"", "\"service\":\"teams\",\"mode\":\"late-visible\"",
        "\"service\":\"mde\",\"mode\":\"lost\",\"times\":0", "\"service\":\"mde\",\"mode\":\"status\",\"status\":7")) {
      fault("{" + unknown + "}", 400);
    }
  }

  private void fault(String body, int expected) throws IOException {
    assertThat(sandbox.control("POST", "/_sandbox/faults", body).status()).isEqualTo(expected);
  }

  private RunningSandbox.Got isolate() throws IOException {
    return sandbox.send("POST", token(), "/api/machines/" + sandbox.device("pacs-gw-01").mdeId + "/isolate", "{\"Comment\":\"cordon:x\",\"IsolationType\":\"Full\"}");
  }

  private int listed() throws IOException {
    return sandbox.get(token(), "/api/machineactions").body().path("value").size();
  }

  private String token() {
    return sandbox.token(MdeAccess.AUDIENCE, MdeAccess.ISOLATE, MdeAccess.READ);
  }
}
