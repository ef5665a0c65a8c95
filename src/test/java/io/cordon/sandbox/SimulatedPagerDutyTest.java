package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatedPagerDutyTest {
  private static final String PACS = "p".repeat(32);
  private static final String EHR = "e".repeat(32);

  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void keepsThePagesOfTwoServicesApart() throws Exception {
    trigger(PACS);
    trigger(EHR);
    send("{\"routing_key\":\"" + EHR + "\",\"event_action\":\"resolve\",\"dedup_key\":\"one\"}");
    var pages = sandbox.control("GET", "/_sandbox/pages", null).body();
    assertThat(pages.findValuesAsText("routingKey")).containsExactly(PACS, EHR);
    assertThat(pages.findValuesAsText("dedupKey")).containsExactly("one", "one");
    assertThat(pages.findValuesAsText("state")).containsExactly("triggered", "resolved");
  }

  @Test
  void takes120EventsAMinuteForEachKey() throws Exception {
    for (int i = 0; i < 120; i++) {
      trigger(PACS);
    }
    RunningSandbox.Got refused = send(event(PACS));
    assertThat(refused.status()).isEqualTo(429);
    trigger(EHR);
    sandbox.pass(Duration.ofSeconds(Long.parseLong(refused.header("Retry-After"))));
    trigger(PACS);
  }

  @Test
  void refusesAnEventThatIsTooLarge() throws Exception {
    String padding = ",\"custom_details\":{\"x\":\"" + "x".repeat(512 * 1024) + "\"}}";
    RunningSandbox.Got got = send(event(PACS).replaceFirst("}$", Matcher.quoteReplacement(padding)));
    assertThat(got.status()).isEqualTo(400);
    assertThat(got.body().path("errors").toString()).contains("512 KB");
  }

  private void trigger(String key) throws IOException {
    assertThat(send(event(key)).status()).isEqualTo(202);
  }

  private static String event(String key) {
    return "{\"routing_key\":\"" + key + "\",\"event_action\":\"trigger\",\"dedup_key\":\"one\","
        + "\"payload\":{\"summary\":\"asked\",\"source\":\"cordon\",\"severity\":\"critical\"}}";
  }

  private RunningSandbox.Got send(String event) throws IOException {
    return sandbox.send("POST", "", "/v2/enqueue", event);
  }
}
