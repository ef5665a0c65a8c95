package io.cordon.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.platform.azure.FixedTokens;
import io.cordon.platform.azure.MdeSettings;
import io.cordon.platform.http.TestHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MdeMachinesHttpTest {
  private static final String ID = "0123456789abcdef0123456789abcdef01234567";
  private static final String OTHER = "f".repeat(40);

  private final MockWebServer server = new MockWebServer();
  private final FixedTokens tokens = new FixedTokens();
  private MdeMachines defender;

  @BeforeEach
  void start() throws IOException {
    server.start();
    defender = new MdeMachinesHttp(new MdeSettings(server.url("/").toString(), null), TestHttp.json(), tokens);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void readsADeviceWithTheScopeOfTheOlderHost() throws Exception {
    answer(200, body(ID, "\"osPlatform\":\"Ubuntu\",\"osVersion\":\"22.04\",\"osProcessor\":\"x64\",\"healthStatus\":\"Active\",\"onboardingStatus\":\"onboarded\""));

    assertThat(defender.device(ID.toUpperCase(Locale.ROOT))).contains(new MdeDevice(ID, "Ubuntu 22.04", "x64", "Active", "Onboarded", null));

    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getMethod()).isEqualTo("GET");
    assertThat(sent.getTarget()).isEqualTo("/api/machines/" + ID);
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer token-for-https://api.securitycenter.microsoft.com/.default");
  }

  @Test
  void saysWhichRecordReplacedThisOne() {
    answer(200, body(ID, "\"mergedIntoMachineId\":\"" + OTHER.toUpperCase(Locale.ROOT) + "\""));
    assertThat(defender.device(ID).orElseThrow().mergedInto()).isEqualTo(OTHER);
  }

  @Test
  void letsNoStrangeWordThrough() {
    answer(200, body(ID, "\"osPlatform\":\"<b>Jane\",\"osVersion\":7,\"healthStatus\":\"Jane\",\"onboardingStatus\":null,\"osProcessor\":\"ARM64\""));
    assertThat(defender.device(ID)).contains(new MdeDevice(ID, "7", "arm64", "Unknown", "Unknown", null));
  }

  @Test
  void knowsNoDeviceOn404() {
    answer(404, "{}");
    assertThat(defender.device(ID)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "nothing", "{\"id\":\"pacs-gw-01\"}", "{\"id\":\"ffffffffffffffffffffffffffffffffffffffff\"}",
      "{\"id\":\"0123456789abcdef0123456789abcdef01234567\",\"mergedIntoMachineId\":\"somewhere\"}"})
  void failsOnAnAnswerAboutSomethingElse(String body) {
    answer(200, body);
    assertThatThrownBy(() -> defender.device(ID)).isInstanceOf(MdeLookupUnavailable.class).hasMessageNotContaining("somewhere");
  }

  @ParameterizedTest
  @CsvSource({"400", "401", "403", "500", "503"})
  void failsOnAnyOtherStatusAndForgetsARefusedToken(int status) {
    answer(status, "{\"error\":{\"code\":\"Unauthorized\"}}");
    MdeLookupUnavailable failure = catchThrowableOfType(MdeLookupUnavailable.class, () -> defender.device(ID));
    assertThat(failure.retryAfter()).isEmpty();
    assertThat(tokens.forgotten).hasSize(status == 401 ? 1 : 0);
  }

  @Test
  void waitsAsLongAsDefenderAsks() {
    server.enqueue(new MockResponse.Builder().code(429).setHeader("Retry-After", "7").build());
    server.enqueue(new MockResponse.Builder().code(429).build());
    assertThat(catchThrowableOfType(MdeLookupUnavailable.class, () -> defender.device(ID)).retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(catchThrowableOfType(MdeLookupUnavailable.class, () -> defender.device(ID)).retryAfter()).contains(Duration.ofSeconds(60));
  }

  @Test
  void failsWhenNobodyAnswers() {
    server.close();
    assertThatThrownBy(() -> defender.device(ID)).isInstanceOf(MdeLookupUnavailable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pacs-gw-01", "0123456789abcdef0123456789abcdef01234567/isolate"})
  void asksAboutNothingButDeviceIds(String id) {
    assertThatThrownBy(() -> defender.device(id)).isInstanceOf(IllegalArgumentException.class);
    assertThat(server.getRequestCount()).isZero();
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).setHeader("Content-Type", "application/json").body(body).build());
  }

  private static String body(String id, String more) {
    return "{\"id\":\"" + id + "\"," + more + "}";
  }
}
