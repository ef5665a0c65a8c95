package io.cordon.gate.clearance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.platform.azure.FixedTokens;
import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FhirCountsHttpTest {
  private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");
  private static final CountSearch ENCOUNTERS = CountSearch.Kind.ENCOUNTER.at(List.of("mr-2", "mr-1"), NOW, NOW.plusSeconds(60));
  private static final CountSearch APPOINTMENTS = CountSearch.Kind.APPOINTMENT.at(List.of("mr-1"), NOW, NOW.plusSeconds(60));
  private static final String SELF = "\"link\":[{\"relation\":\"self\",\"url\":\"https://fhir/Encounter?location=Location%2Fmr-1&status=x&_summary=count\"}]";

  private final MockWebServer server = new MockWebServer();
  private final FixedTokens tokens = new FixedTokens();
  private FhirCounts counts;

  @BeforeEach
  void start() throws IOException {
    server.start();
    counts = new FhirCountsHttp(server.url("/r4/").toString(), "https://fhir/.default", tokens, TestHttp.json());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksForANumberByPostAndTakesNothingElse() throws Exception {
    answer(200, "{\"resourceType\":\"Bundle\",\"id\":\"x\",\"total\":3," + SELF + "}");
    assertThat(counts.count(ENCOUNTERS)).isEqualTo(3);
    var sent = server.takeRequest();
    assertThat(sent.getMethod() + " " + sent.getTarget()).isEqualTo("POST /r4/Encounter/_search");
    assertThat(sent.getHeaders().get("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(sent.getHeaders().get("Prefer")).isEqualTo("handling=strict");
    assertThat(sent.getHeaders().get("Accept")).isEqualTo("application/fhir+json");
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer token-for-https://fhir/.default");
    assertThat(sent.getBody().utf8())
        .isEqualTo("location=Location%2Fmr-1%2CLocation%2Fmr-2&status=arrived%2Ctriaged%2Cin-progress&_summary=count");
  }

  @ParameterizedTest
  @EnumSource(CountSearch.Kind.class)
  void sendsEveryQuestionThroughTheNetForPatientData(CountSearch.Kind kind) {
    CountSearch search = kind.at(List.of("mr-1"), NOW, NOW.plusSeconds(60));
    String names = String.join("&", search.parameters().stream().map(parameter -> parameter.getKey() + "=x").toList());
    answer(200, "{\"resourceType\":\"Bundle\",\"total\":0,\"link\":[{\"relation\":\"self\",\"url\":\"https://fhir/X?" + names + "\"}]}");
    assertThat(counts.count(search)).isZero();
  }

  @Test
  void sendsNoTokenWhereNoneIsWanted() throws Exception {
    answer(200, "{\"resourceType\":\"Bundle\",\"total\":0," + SELF + "}");
    new FhirCountsHttp(server.url("/").toString(), null, tokens, TestHttp.json()).count(ENCOUNTERS);
    assertThat(server.takeRequest().getHeaders().get("Authorization")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "<html>", "[]", "{}", "{\"resourceType\":\"Bundle\"," + "\"total\":1}",
    "{\"resourceType\":\"Bundle\",\"total\":1,\"link\":[{\"relation\":\"self\",\"url\":\"https://fhir/Encounter?location=Location%2Fmr-1&_summary=count\"}]}",
    "{\"resourceType\":\"Bundle\",\"total\":1,\"link\":[{\"relation\":\"next\",\"url\":\"https://fhir/Encounter?location=a&status=b\"}]}",
    "{\"resourceType\":\"OperationOutcome\",\"issue\":[],\"total\":1," + SELF_TEXT + "}",
    "{\"resourceType\":\"Bundle\",\"total\":1,\"entry\":[]," + SELF_TEXT + "}", "{\"resourceType\":\"Bundle\",\"total\":\"1\"," + SELF_TEXT + "}",
    "{\"resourceType\":\"Bundle\",\"total\":-1," + SELF_TEXT + "}", "{\"resourceType\":\"Bundle\",\"total\":1.5," + SELF_TEXT + "}",
    "{\"resourceType\":\"Bundle\"," + SELF_TEXT + "}", "{\"resourceType\":\"Bundle\",\"total\":99999999999999999999," + SELF_TEXT + "}"})
  void takesAnythingButANumberForNoAnswer(String body) {
    answer(200, body);
    assertThat(failure(ENCOUNTERS)).isEqualTo(ClearanceReason.FEED_UNREADABLE);
  }

  private static final String SELF_TEXT =
      "\"link\":[{\"relation\":\"self\",\"url\":\"https://fhir/Encounter?location=a&status=b\"}]";

  @Test
  void noticesThatOneOfTwoDatesWasIgnored() {
    String link = "\"link\":[{\"relation\":\"self\",\"url\":\"https://fhir/Appointment?location=a&status=b&date=ge1&date=le2\"}]";
    answer(200, "{\"resourceType\":\"Bundle\",\"total\":1," + link + "}");
    answer(200, "{\"resourceType\":\"Bundle\",\"total\":1," + link.replace("&date=le2", "") + "}");
    assertThat(counts.count(APPOINTMENTS)).isEqualTo(1);
    assertThat(failure(APPOINTMENTS)).isEqualTo(ClearanceReason.FEED_UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource({"400, FEED_REFUSED", "403, FEED_REFUSED", "404, FEED_REFUSED", "302, FEED_REFUSED", "204, FEED_REFUSED", "429, FEED_THROTTLED", "503, FEED_THROTTLED", "500, FEED_AWAY"})
  void tellsWhyThereIsNoAnswer(int status, ClearanceReason reason) {
    answer(status, status == 204 ? "" : "{\"resourceType\":\"Bundle\",\"total\":0," + SELF + "}");
    assertThat(failure(ENCOUNTERS)).isEqualTo(reason);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void asksForAFreshTokenAfterARefusedOne() {
    answer(401, "{}");
    assertThat(failure(ENCOUNTERS)).isEqualTo(ClearanceReason.FEED_REFUSED);
    assertThat(tokens.forgotten).containsExactly("https://fhir/.default");
  }

  @Test
  void takesAnAnswerThatIsCutOffTooLateOrTooLargeForNone() {
    server.enqueue(new MockResponse.Builder().body("{\"resourceType\":\"Bundle\",\"total\":0," + SELF + "}").onResponseBody(SocketEffect.ShutdownConnection.INSTANCE).build());
    assertThat(failure(ENCOUNTERS)).isEqualTo(ClearanceReason.FEED_UNREADABLE);
    answer(200, "{\"resourceType\":\"Bundle\",\"total\":0," + SELF + ",\"x\":\"" + "x".repeat(2 << 20) + "\"}");
    assertThat(failure(ENCOUNTERS)).isEqualTo(ClearanceReason.FEED_UNREADABLE);
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    assertThat(failure(ENCOUNTERS)).isEqualTo(ClearanceReason.FEED_AWAY);
    server.close();
    assertThat(failure(ENCOUNTERS)).isEqualTo(ClearanceReason.FEED_AWAY);
  }

  private ClearanceReason failure(CountSearch search) {
    return catchThrowableOfType(FeedFailed.class, () -> counts.count(search)).reason();
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }
}
