package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MdeResponseTest {
  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void answersADuplicateWithTheExistingActionWhenTold() throws Exception {
    String first = isolate("cordon:one").body().path("id").asText();
    assertThat(isolate("cordon:two").code()).isEqualTo("ActiveRequestAlreadyExists");
    sandbox.control("POST", "/_sandbox/duplicates", "{\"answer\":\"existing\"}");
    RunningSandbox.Got second = isolate("cordon:two");
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.body().path("id").asText()).isEqualTo(first);
    assertThat(second.body().path("requestorComment").asText()).isEqualTo("cordon:one");
    sandbox.pass(Duration.ofSeconds(31));
    assertThat(isolate("cordon:three").body().path("id").asText()).isNotEqualTo(first);
    assertThat(sandbox.control("POST", "/_sandbox/duplicates", "{\"answer\":\"sometimes\"}").status()).isEqualTo(400);
  }

  @Test
  void writesEveryFieldOfAnAction() throws Exception {
    JsonNode action = isolate("cordon:one").body();
    assertThat(action.fieldNames()).toIterable().containsExactly(
        "@odata.context", "id", "type", "title", "requestor", "requestorComment", "status", "machineId", "computerDnsName", "creationDateTimeUtc",
        "lastUpdateDateTimeUtc", "cancellationRequestor", "cancellationComment", "cancellationDateTimeUtc", "errorHResult", "scope", "externalId",
        "requestSource", "relatedFileInfo", "commands", "troubleshootInfo");
    assertThat(action.path("@odata.context").asText()).endsWith("$metadata#MachineActions/$entity");
    assertThat(action.path("creationDateTimeUtc").asText()).matches(".*\\.\\d{7}Z");
  }

  @Test
  void saysWhoCancelledAndWhen() throws Exception {
    JsonNode action = isolate("cordon:one").body();
    assertThat(action.path("cancellationRequestor").isNull()).isTrue();
    JsonNode cancelled = cancel(action, "cordon:stop").body();
    assertThat(cancelled.path("status").asText()).isEqualTo("Cancelled");
    assertThat(cancelled.path("cancellationComment").asText()).isEqualTo("cordon:stop");
    assertThat(cancelled.path("cancellationRequestor").asText()).isEqualTo("cordon");
    assertThat(cancelled.path("cancellationDateTimeUtc").asText()).isEqualTo(cancelled.path("lastUpdateDateTimeUtc").asText());
  }

  @Test
  void refusesToCancelWhatIsFinalOrUnknown() throws Exception {
    JsonNode action = isolate("cordon:one").body();
    sandbox.pass(Duration.ofSeconds(31));
    assertThat(cancel(action, "cordon:stop").code()).isEqualTo("BadRequest");
    assertThat(cancel(Call.JSON.createObjectNode().put("id", "other"), "cordon:stop").code()).isEqualTo("ResourceNotFound");
  }

  @Test
  void saysWhenTheStatusChangedNotWhenItWasRead() throws Exception {
    JsonNode action = isolate("cordon:one").body();
    sandbox.pass(Duration.ofHours(1));
    JsonNode later = sandbox.get(token(), "/api/machineactions/" + action.path("id").asText()).body();
    assertThat(Duration.between(Instant.parse(action.path("creationDateTimeUtc").asText()), Instant.parse(later.path("lastUpdateDateTimeUtc").asText())))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void takes100CallsAMinuteOfEachKind() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(sandbox.get(token(), "/api/machineactions").status()).isEqualTo(200);
    }
    RunningSandbox.Got refused = sandbox.get(token(), "/api/machineactions");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("TooManyRequests");
    assertThat(isolate("cordon:one").status()).isEqualTo(201);
    sandbox.pass(Duration.ofSeconds(Long.parseLong(refused.header("Retry-After"))));
    assertThat(sandbox.get(token(), "/api/machineactions").status()).isEqualTo(200);
  }

  private RunningSandbox.Got isolate(String comment) throws IOException {
    return sandbox.send("POST", token(), "/api/machines/" + sandbox.device("pacs-gw-01").mdeId + "/isolate", "{\"Comment\":\"" + comment + "\",\"IsolationType\":\"Full\"}");
  }

  private RunningSandbox.Got cancel(JsonNode action, String comment) throws IOException {
    return sandbox.send("POST", token(), "/api/machineactions/" + action.path("id").asText() + "/cancel", "{\"Comment\":\"" + comment + "\"}");
  }

  private String token() {
    return sandbox.token(MdeAccess.AUDIENCE, MdeAccess.ISOLATE, MdeAccess.READ);
  }
}
