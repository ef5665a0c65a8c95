package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatedConnectorTest {
  private static final String EXECUTE = "{\"type\":\"Action.Execute\",\"verb\":\"approve\"}";

  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void takesActionsThatExecuteOnlyInsideAnActionSet() throws Exception {
    assertThat(post(card("1.5", "\"body\":[{\"type\":\"ActionSet\",\"actions\":[" + EXECUTE + "]}]")).status()).isEqualTo(201);
    assertThat(post(card("1.5", "\"body\":[{\"type\":\"Container\",\"items\":[{\"type\":\"ActionSet\",\"actions\":[" + EXECUTE + "]}]}]")).status()).isEqualTo(201);
    assertThat(post(card("1.5", "\"actions\":[" + EXECUTE + "]")).code()).isEqualTo("BadSyntax");
    assertThat(post(card("1.5", "\"body\":[{\"type\":\"Container\",\"selectAction\":" + EXECUTE + "}]")).code()).isEqualTo("BadSyntax");
  }

  @Test
  void comparesVersionsOfCardsAsNumbers() throws Exception {
    assertThat(post(card("1.4", "\"body\":[]")).status()).isEqualTo(201);
    assertThat(post(card("1.10", "\"body\":[]")).status()).isEqualTo(400);
    assertThat(post(card("1.6", "\"body\":[]")).status()).isEqualTo(400);
    assertThat(post(card("1", "\"body\":[]")).status()).isEqualTo(400);
    assertThat(post(card("0.9", "\"body\":[]")).status()).isEqualTo(400);
  }

  @Test
  void repliesInAThread() throws Exception {
    RunningSandbox.Got thread = post(card("1.5", "\"body\":[]"));
    String activities = "/teams/v3/conversations/" + thread.body().path("id").asText() + "/activities";
    String activity = thread.body().path("activityId").asText();
    RunningSandbox.Got post = sandbox.send("POST", token(), activities, "{\"type\":\"message\",\"text\":\"Still waiting\"}");
    RunningSandbox.Got reply = sandbox.send("POST", token(), activities + "/" + activity, message(card("1.5", "\"body\":[]")));
    assertThat(post.status()).isEqualTo(201);
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body().path("id").asText()).isNotEqualTo(activity);
    assertThat(sandbox.cloud.teams.cards()).hasSize(2);
    assertThat(sandbox.send("POST", token(), activities + "/1", "{\"type\":\"message\",\"text\":\"x\"}").status()).isEqualTo(404);
    assertThat(sandbox.send("POST", token(), activities + "/" + activity, "{\"type\":\"typing\"}").status()).isEqualTo(400);
  }

  @Test
  void replacesACard() throws Exception {
    RunningSandbox.Got thread = post(card("1.5", "\"body\":[]"));
    String path = "/teams/v3/conversations/" + thread.body().path("id").asText() + "/activities/";
    assertThat(sandbox.send("PUT", token(), path + thread.body().path("activityId").asText(), message(card("1.4", "\"body\":[]"))).status()).isEqualTo(200);
    assertThat(sandbox.cloud.teams.cards().values()).singleElement().satisfies(card -> assertThat(card.path("version").asText()).isEqualTo("1.4"));
    assertThat(sandbox.send("PUT", token(), path + "1", message(card("1.4", "\"body\":[]"))).status()).isEqualTo(404);
  }

  @Test
  void refusesTheEighthMessageOfASecondInOneConversation() throws Exception {
    RunningSandbox.Got thread = post(card("1.5", "\"body\":[]"));
    RunningSandbox.Got other = post(card("1.5", "\"body\":[]"));
    int taken = 0;
    RunningSandbox.Got last = say(thread);
    while (last.status() == 201 && taken < 60) {
      taken++;
      last = say(thread);
    }
    assertThat(taken).isGreaterThanOrEqualTo(7);
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.header("Retry-After")).isNotEmpty();
    assertThat(say(other).status()).isEqualTo(201);
    sandbox.pass(Duration.ofSeconds(Long.parseLong(last.header("Retry-After"))));
    assertThat(say(thread).status()).isEqualTo(201);
  }

  @Test
  void refusesAnotherBotAndAChannelItIsNotIn() throws Exception {
    String body = thread(card("1.5", "\"body\":[]"));
    String other = sandbox.cloud.tokens.sign(Map.of("aud", "https://api.botframework.com", "appid", "another"));
    assertThat(sandbox.send("POST", other, "/teams/v3/conversations", body).status()).isEqualTo(401);
    assertThat(sandbox.send("POST", token(), "/teams/v3/conversations", body.replace("@thread.tacv2", "")).code()).isEqualTo("BotNotInConversationRoster");
  }

  private RunningSandbox.Got say(RunningSandbox.Got thread) throws IOException {
    return sandbox.send("POST", token(), "/teams/v3/conversations/" + thread.body().path("id").asText() + "/activities", "{\"type\":\"message\",\"text\":\"x\"}");
  }

  private RunningSandbox.Got post(String card) throws IOException {
    return sandbox.send("POST", token(), "/teams/v3/conversations", thread(card));
  }

  private static String thread(String card) {
    return "{\"isGroup\":true,\"tenantId\":\"" + People.TENANT + "\",\"channelData\":{\"channel\":{\"id\":\"19:ops@thread.tacv2\"}},\"activity\":" + message(card) + "}";
  }

  private static String message(String card) {
    return "{\"type\":\"message\",\"attachments\":[{\"contentType\":\"application/vnd.microsoft.card.adaptive\",\"content\":" + card + "}]}";
  }

  private static String card(String version, String rest) {
    return "{\"type\":\"AdaptiveCard\",\"version\":\"" + version + "\"," + rest + "}";
  }

  private String token() {
    return sandbox.token("https://api.botframework.com");
  }
}
