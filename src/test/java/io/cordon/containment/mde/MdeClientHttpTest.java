package io.cordon.containment.mde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.platform.azure.FixedTokens;
import io.cordon.platform.azure.MdeSettings;
import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MdeClientHttpTest {
  private static final String MACHINE = "0123456789abcdef0123456789abcdef01234567";
  private static final String ACTION = "0b0a8a30-0000-4000-8000-000000000001";
  private static final String COMMENT = ActionComment.of("01J0PERMIT", "AP-7F3K");

  private final MockWebServer server = new MockWebServer();
  private final FixedTokens tokens = new FixedTokens();
  private MdeClient mde;

  @BeforeEach
  void start() throws IOException {
    server.start();
    MdeSettings settings = new MdeSettings(server.url("/").toString(), null);
    mde = new MdeClientHttp(new MdeExchange(settings, TestHttp.json(), tokens));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isolatesFullyWithPascalCaseKeys() throws Exception {
    answer(201, action("Isolate", "Pending"));

    MachineAction action = mde.isolate(MACHINE, COMMENT);

    assertThat(action.id()).isEqualTo(ACTION);
    assertThat(action.scope()).isEqualTo("Full");
    assertThat(action.isFinal()).isFalse();
    assertThat(action.created()).isEqualTo(Instant.parse("2026-03-01T02:00:00.123456700Z"));
    assertThat(ActionComment.carries(action.comment(), "01J0PERMIT")).isTrue();
    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getTarget()).isEqualTo("/api/machines/" + MACHINE + "/isolate");
    assertThat(sent.getHeaders().get("Authorization"))
        .isEqualTo("Bearer token-for-https://api.securitycenter.microsoft.com/.default");
    assertThat(sent.getBody().utf8())
        .contains("\"IsolationType\":\"Full\"")
        .contains("\"Comment\":\"cordon:01J0PERMIT AP-7F3K\"");
  }

  @Test
  void releasesAndCancels() throws Exception {
    answer(201, action("Unisolate", "Pending"));
    answer(200, action("Isolate", "Cancelled"));

    assertThat(mde.unisolate(MACHINE, COMMENT).type()).isEqualTo(MachineAction.UNISOLATE);
    assertThat(mde.cancel(ACTION, COMMENT).isFinal()).isTrue();

    RecordedRequest release = server.takeRequest();
    assertThat(release.getTarget()).endsWith("/unisolate");
    assertThat(release.getBody().utf8()).isEqualTo("{\"Comment\":\"" + COMMENT + "\"}");
    assertThat(server.takeRequest().getTarget()).isEqualTo("/api/machineactions/" + ACTION + "/cancel");
  }

  @Test
  void runsALibraryScriptWithTheDocumentedKeys() throws Exception {
    answer(200, action("LiveResponse", "Pending"));
    assertThat(mde.runScript(MACHINE, new LibraryScript("cordon-stop-process.sh", "--pid 4211 --grace 20"), COMMENT).type())
        .isEqualTo(MachineAction.LIVE_RESPONSE);
    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getTarget()).isEqualTo("/api/machines/" + MACHINE + "/runliveresponse");
    assertThat(sent.getBody().utf8())
        .contains("\"type\":\"RunScript\"", "\"key\":\"ScriptName\"", "\"value\":\"cordon-stop-process.sh\"", "\"key\":\"Args\"", "\"value\":\"--pid 4211 --grace 20\"")
        .contains("\"Comment\":\"" + COMMENT);
    assertThatThrownBy(() -> new LibraryScript("a.sh", "--pid 1; reboot")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsTheHashOfALibraryScriptByItsExactName() {
    answer(200, "{\"value\":[{\"fileName\":\"other.sh\",\"sha256\":\"00\"},{\"fileName\":\"a.sh\",\"sha256\":\"AB12\"}]}");
    answer(200, "{\"value\":[]}");
    assertThat(mde.scriptSha256("a.sh")).contains("ab12");
    assertThat(mde.scriptSha256("a.sh")).isEmpty();
  }

  @Test
  void takesNoTranscriptFromALinkThatIsNotSecure() {
    answer(200, "{\"value\":\"http://storage.example/x?sig=secret\"}");
    assertThatThrownBy(() -> mde.transcript(ACTION)).isInstanceOf(MdeUnavailable.class).hasMessageNotContaining("secret");
    answer(404, error("ResourceNotFound", ""));
    assertThat(mde.transcript(ACTION)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400,InvalidRequestBody", "400,OsPlatformNotSupported", "400,ClientVersionNotSupported",
    "403,Forbidden", "403,DisabledFeature", "403,DisallowedOperation", "404,ResourceNotFound"
  })
  void reportsDefiniteRefusalsWithTheirCode(int status, String code) {
    answer(status, error(code, "free text"));

    MdeRefused refused = catchThrowableOfType(MdeRefused.class, () -> mde.isolate(MACHINE, COMMENT));

    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.target()).isEqualTo("5f0f-target");
    assertThat(refused.alreadyInProgress()).isFalse();
    assertThat(refused.getMessage()).doesNotContain("free text");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void recognisesAnActionAlreadyInProgressByCodeOrMessage() {
    answer(400, error("ActiveRequestAlreadyExists", ""));
    answer(400, error("BadRequest", "Action is already in progress"));

    for (int i = 0; i < 2; i++) {
      assertThat(catchThrowableOfType(MdeRefused.class, () -> mde.isolate(MACHINE, COMMENT)).alreadyInProgress())
          .isTrue();
    }
  }

  @Test
  void sendsOnceMoreWithAFreshTokenWhenItsTokenIsRefused() {
    answer(401, error("Unauthorized", ""));
    answer(201, action("Isolate", "Pending"));

    assertThat(mde.isolate(MACHINE, COMMENT).id()).isEqualTo(ACTION);
    assertThat(tokens.forgotten).hasSize(1);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void takesASecondRefusalOfItsTokenForFinal() {
    answer(401, error("Unauthorized", ""));
    answer(401, error("Unauthorized", ""));

    MdeRefused refused = catchThrowableOfType(MdeRefused.class, () -> mde.isolate(MACHINE, COMMENT));

    assertThat(refused.code()).isEqualTo("Unauthorized");
    assertThat(tokens.forgotten).as("neither token is used again").hasSize(2);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void honoursRetryAfter() {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "17").build());
    server.enqueue(new MockResponse.Builder().code(429).build());

    assertThat(catchThrowableOfType(MdeThrottled.class, () -> mde.isolate(MACHINE, COMMENT)).retryAfter())
        .isEqualTo(Duration.ofSeconds(17));
    assertThat(catchThrowableOfType(MdeThrottled.class, () -> mde.action(ACTION)).retryAfter())
        .isEqualTo(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 408, 500, 502, 503, 504})
  void callsAChangeWithoutAClearAnswerAmbiguous(int status) {
    answer(status, "");

    assertThatThrownBy(() -> mde.isolate(MACHINE, COMMENT)).isInstanceOf(MdeAmbiguous.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void callsASilentOrCutOffChangeAmbiguous() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    server.enqueue(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.enqueue(
        new MockResponse.Builder()
            .code(201)
            .body(action("Isolate", "Pending") + " ".repeat(50_000))
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> mde.isolate(MACHINE, COMMENT)).isInstanceOf(MdeAmbiguous.class);
    }
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "\"ok\"", "{}", "{\"id\":7,\"type\":\"Isolate\",\"status\":\"Pending\"}"})
  void callsAnUnreadableAcceptanceAmbiguous(String body) {
    answer(201, body);

    assertThatThrownBy(() -> mde.isolate(MACHINE, COMMENT)).isInstanceOf(MdeAmbiguous.class);
  }

  @Test
  void boundsAHugeAnswer() {
    answer(200, "{\"value\":[\"" + "x".repeat(2 << 20) + "\"]}");

    assertThatThrownBy(() -> mde.actionsOf(MACHINE, Instant.EPOCH)).isInstanceOf(MdeUnavailable.class);
  }

  @Test
  void callsAnUnreachableServiceUnavailable() {
    server.close();

    assertThatThrownBy(() -> mde.isolate(MACHINE, COMMENT)).isInstanceOf(MdeUnavailable.class);
  }

  @Test
  void callsAFailedReadUnavailable() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    answer(500, "");
    answer(200, "{\"id\":\"" + "f".repeat(40) + "\"}");

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> mde.machine(MACHINE)).isInstanceOf(MdeUnavailable.class);
    }
  }

  @Test
  void toleratesAStatusUnknownToday() {
    answer(200, action("Isolate", "Paused"));

    MachineAction action = mde.action(ACTION).orElseThrow();

    assertThat(action.status()).isEqualTo("Paused");
    assertThat(action.isFinal()).isFalse();
  }

  @Test
  void readsAMissingEntityAsAbsent() {
    answer(404, error("NotFound", ""));
    answer(404, error("ResourceNotFound", ""));

    assertThat(mde.machine(MACHINE)).isEmpty();
    assertThat(mde.action(ACTION)).isEmpty();
  }

  @Test
  void neverReadsAMissingListOfActionsAsNone() {
    answer(404, "");

    assertThatThrownBy(() -> mde.actionsOf(MACHINE, Instant.EPOCH)).isInstanceOf(MdeUnavailable.class);
  }

  @Test
  void listsIsolationsAndReleasesOfAllMachinesByWhenTheyWereMade() throws Exception {
    answer(200, "{\"value\":[" + action("Isolate", "Succeeded") + "]}");
    answer(200, "{\"value\":[" + action("Unisolate", "Pending") + "]}");

    ListedActions listed = mde.isolationsSince(Instant.parse("2026-03-01T00:00:00.5Z"));

    assertThat(listed.actions()).extracting(MachineAction::type).containsExactly("Isolate", "Unisolate");
    assertThat(listed.unreadable()).isZero();
    assertThat(server.takeRequest().getUrl().queryParameter("$filter")).isEqualTo("type eq 'Isolate' and creationDateTimeUtc ge 2026-03-01T00:00:00Z");
    assertThat(server.takeRequest().getUrl().queryParameter("$filter")).isEqualTo("type eq 'Unisolate' and creationDateTimeUtc ge 2026-03-01T00:00:00Z");
  }

  @Test
  void countsARowThatCannotBeReadAmongThoseOfAllMachinesAndTakesItForNoneOfOne() throws Exception {
    String rows = "{\"value\":[{\"id\":7},null," + action("Isolate", "Succeeded") + "],\"@odata.nextLink\":\"next\"}";
    answer(200, rows);
    answer(200, "{\"value\":[]}".replace("[]", "[" + action("Isolate", "Failed") + "]"));
    answer(200, "{\"value\":[]}");

    ListedActions listed = mde.isolationsSince(Instant.EPOCH);

    assertThat(listed.unreadable()).isEqualTo(2);
    assertThat(listed.actions()).hasSize(2);
    server.takeRequest();
    assertThat(server.takeRequest().getUrl().queryParameter("$skip")).as("every row counts").isEqualTo("3");
    answer(200, rows);
    answer(200, "{\"value\":[]}");
    assertThatThrownBy(() -> mde.actionsOf(MACHINE, Instant.EPOCH)).isInstanceOf(MdeUnavailable.class);
  }

  @Test
  void listsActionsToTheEndAndNewestFirst() throws Exception {
    String older = action("Isolate", "Failed").replace("2026-03-01T02", "2026-03-01T01");
    answer(200, "{\"value\":[" + older + "],\"@odata.nextLink\":\"https://elsewhere.example/steal\"}");
    answer(200, "{\"value\":[" + action("Unisolate", "Pending") + "]}");

    assertThat(mde.actionsOf(MACHINE, Instant.parse("2026-03-01T00:00:00.5Z")))
        .extracting(MachineAction::type)
        .containsExactly("Unisolate", "Isolate");

    assertThat(server.takeRequest().getUrl().queryParameter("$filter"))
        .isEqualTo("machineId eq '" + MACHINE + "' and creationDateTimeUtc ge 2026-03-01T00:00:00Z");
    assertThat(server.takeRequest().getUrl().queryParameter("$skip")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pacs-gw-01", "../machines", "0123456789abcdef0123456789abcdef0123456'"})
  void refusesMachineIdsOfAnotherShape(String id) {
    assertThatThrownBy(() -> mde.isolate(id, COMMENT)).isInstanceOf(IllegalArgumentException.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void refusesCommentsThatAreNotTokenAndCodes() {
    String[] refused = {"isolate it", "cordon:01J0PERMIT Müller", "cordon:01J0PERMIT\nx", "cordon:01J0PERMIT a@b.org", null};
    for (String comment : refused) {
      assertThatThrownBy(() -> mde.isolate(MACHINE, comment)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(server.getRequestCount()).isZero();
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private static String error(String code, String message) {
    return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"target\":\"5f0f-target\"}}";
  }

  private static String action(String type, String status) {
    return """
        {"id":"%s","type":"%s","title":null,"requestor":"soar-runtime","requestorComment":"%s","status":"%s",
         "machineId":"%s","computerDnsName":null,"creationDateTimeUtc":"2026-03-01T02:00:00.1234567Z",
         "lastUpdateDateTimeUtc":"2026-03-01T02:00:00.1234567Z","cancellationRequestor":null,"errorHResult":0,
         "scope":"Full","externalId":null,"requestSource":"PublicApi","relatedFileInfo":null,"commands":[]}"""
        .formatted(ACTION, type, COMMENT, status, MACHINE);
  }
}
