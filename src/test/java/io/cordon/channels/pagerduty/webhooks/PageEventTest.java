package io.cordon.channels.pagerduty.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.channels.PublishedDescriptions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class PageEventTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsWhoseDeedAndWhichPageItIs() throws Exception {
    PageEvent event = event("user_reference", "cordon/a-1/tier-1");

    assertThat(event).isEqualTo(new PageEvent("01BRB", "incident.acknowledged", Instant.parse("2026-03-01T02:00:00.123Z"), "cordon/a-1/tier-1", "PLH1HKV"));
    assertThat(event("service_reference", "cordon/a-1/tier-1").agentId()).isNull();
    assertThat(event("user_reference", "somebody-elses").dedupKey()).isNull();
    assertThat(event("user_reference", "cordon/a-1'; drop table page; --").dedupKey()).isNull();
  }

  @Test
  void takesNothingThatIsNoEvent() throws Exception {
    for (String body : new String[] {"{}", "[]", "null", "{\"event\":{}}", "{\"event\":{\"id\":\"1\",\"event_type\":\"x\",\"occurred_at\":\"now\"}}"}) {
      assertThat(PageEvent.of(JSON.readTree(body))).isEmpty();
    }
  }

  @Test
  @EnabledIf("io.cordon.channels.PublishedDescriptions#areThere")
  void understandsEveryPublishedSample() {
    int events = 0;
    for (JsonNode sample : PublishedDescriptions.read("pagerduty/webhook_v3_examples.json")) {
      JsonNode body = sample.path("body");
      assertThat(PageEvent.of(body).isPresent()).as(body.toString()).isEqualTo(body.has("event"));
      events += body.has("event") ? 1 : 0;
    }
    assertThat(events).isPositive();
  }

  private static PageEvent event(String agent, String key) throws Exception {
    return PageEvent.of(
            JSON.readTree(
                """
                {"event":{"id":"01BRB","event_type":"incident.acknowledged","resource_type":"incident","occurred_at":"2026-03-01T02:00:00.123Z",
                 "agent":{"id":"PLH1HKV","type":"%s","summary":"Tenex"},"data":{"id":"PGR0VU2","incident_key":"%s"}}}"""
                    .formatted(agent, key)))
        .orElseThrow();
  }
}
