package io.cordon.channels.teams.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.channels.ApprovalCards;
import io.cordon.channels.ChannelBook;
import io.cordon.channels.teams.PostedCard;
import io.cordon.channels.teams.TeamsSettings;
import io.cordon.evidence.EvidenceEvent;
import io.cordon.evidence.EvidenceLog;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.Decision;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.DecisionService;
import io.cordon.gate.Plan;
import io.cordon.gate.Plans;
import io.cordon.gate.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** What comes from Teams reaches the gate under the right name, or changes nothing. */
class CardAnswersTest {
  private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");
  private static final String TENANT = "11111111-1111-4111-8111-111111111111";
  private static final String NURSE = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
  private static final String CHANNEL = "19:pacs@thread.tacv2";
  private static final String SERVICE_URL = "https://smba.trafficmanager.net/amer/";
  private static final PostedCard CARD = new PostedCard(CHANNEL + ";messageid=17", "17");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ConnectorTokens tokens = mock(ConnectorTokens.class);
  private final ApprovalRequests requests = mock(ApprovalRequests.class);
  private final Plans plans = mock(Plans.class);
  private final DecisionService decisions = mock(DecisionService.class);
  private final ApprovalCards cards = mock(ApprovalCards.class);
  private final ChannelBook book = mock(ChannelBook.class);
  private final EvidenceLog evidence = mock(EvidenceLog.class);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final TeamsSettings settings =
      new TeamsSettings(
          "https://smba.trafficmanager.net/teams/", null, TENANT, "bot", Map.of("PACS", CHANNEL, "EHR", "19:ehr@thread.tacv2"), null,
          TeamsSettings.Mode.BOT, null, null, null, null, null);
  private final CardAnswers answers =
      new CardAnswers(
          settings, tokens,
          new Presses(settings, requests, plans, decisions, cards, book, caseId -> "High", evidence, Clock.fixed(NOW, ZoneOffset.UTC)),
          threads, new SimpleMeterRegistry());
  private ObjectNode invoke;

  @BeforeEach
  void aRequestWaits() {
    when(tokens.verify(any())).thenReturn(new VerifiedCall("K1", SERVICE_URL, Set.of("msteams"), NOW.plusSeconds(60)));
    when(requests.find("a-1")).thenReturn(Optional.of(request(ApprovalState.PENDING)));
    when(plans.find("p-1")).thenReturn(Optional.of(plan("CHANNEL")));
    when(book.isCardOf("a-1", CARD)).thenReturn(true);
    when(decisions.decide(any())).thenReturn(new DecisionOutcome(true, "GRANTED", "Approved."));
    when(cards.view(any(), any(), anyString(), any(), anyBoolean())).thenReturn(JsonNodeFactory.instance.objectNode().put("type", "AdaptiveCard"));
    invoke = invoke("approve");
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void bringsAnApprovalToTheGateUnderTheNameOfWhoeverPressed() {
    Reply reply = answers.take(caller(), bytes(invoke));

    Decision decision = decided();
    assertThat(decision.person().tid()).isEqualTo(TENANT);
    assertThat(decision.person().oid()).isEqualTo(NURSE);
    assertThat(decision.person().roles()).isEmpty();
    assertThat(decision.verdict()).isEqualTo(Verdict.APPROVE);
    assertThat(decision.requestRevision()).isEqualTo(3);
    assertThat(decision.windowTo()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(decision.backBy()).isEqualTo(NOW.plusSeconds(4 * 3600));
    assertThat(decision.procedureImpact().name()).isEqualTo("NONE_RUNNING");
    assertThat(decision.comment()).isEqualTo("bed 4 is free");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("statusCode").asInt()).isEqualTo(200);
    assertThat(reply.body().path("type").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
  }

  @Test
  void takesARefusalOfTheGateAsASentence() {
    when(decisions.decide(any())).thenReturn(new DecisionOutcome(false, "ROLE_MISSING", "Your account may not answer."));

    Reply reply = answers.take(caller(), bytes(invoke));

    assertThat(reply.body().path("type").asText()).isEqualTo("application/vnd.microsoft.activity.message");
    assertThat(reply.body().path("value").asText()).isEqualTo("Your account may not answer.");
  }

  @Test
  void refusesAnEnvelopeThatIsWrongInAnyOneWay() {
    List<Consumer<ObjectNode>> wrong =
        List.of(
            activity -> activity.put("serviceUrl", "https://smba.trafficmanager.net/emea/"),
            activity -> activity.remove("serviceUrl"),
            activity -> activity.put("channelId", "webchat"),
            activity -> activity.with("recipient").put("id", "28:other"),
            activity -> ((ObjectNode) activity.at("/channelData/tenant")).put("id", "22222222-2222-4222-8222-222222222222"),
            activity -> ((ObjectNode) activity.get("conversation")).put("tenantId", "22222222-2222-4222-8222-222222222222"),
            activity -> ((ObjectNode) activity.get("conversation")).remove("tenantId"),
            activity -> ((ObjectNode) activity.get("conversation")).put("id", "19:other@thread.tacv2;messageid=17"));
    wrong.forEach(change -> {
      ObjectNode activity = invoke("approve");
      change.accept(activity);
      assertThat(answers.take(caller(), bytes(activity)).status()).as(activity.toString()).isEqualTo(403);
    });
    verifyNoInteractions(decisions, evidence);
  }

  @Test
  void refusesAKeyThatDoesNotSpeakForTeamsAndAHostThatIsNotMicrosofts() {
    when(tokens.verify(any())).thenReturn(new VerifiedCall("K2", SERVICE_URL, Set.of("webchat"), NOW));
    assertThat(answers.take(caller(), bytes(invoke)).status()).isEqualTo(403);
    when(tokens.verify(any())).thenReturn(new VerifiedCall("K1", "https://evil.example/", Set.of("msteams"), NOW));
    assertThat(answers.take(caller(), bytes(invoke.put("serviceUrl", "https://evil.example/"))).status()).isEqualTo(403);
    verifyNoInteractions(decisions, evidence);
  }

  @Test
  void decidesNothingForAPersonTeamsDoesNotName() {
    for (String oid : new String[] {null, "", "29:1abc", "not-an-id"}) {
      ((ObjectNode) invoke.get("from")).put("aadObjectId", oid);
      assertThat(sentence(invoke)).contains("did not say who you are");
    }
    verifyNoInteractions(decisions, evidence);
  }

  @Test
  void takesOnlyTheVerbsOfItsButtonsPressedByHand() {
    assertThat(status(invoke("delete"))).isEqualTo(400);
    assertThat(status(invoke("Approve"))).isEqualTo(400);
    ObjectNode otherVerbInside = invoke("approve");
    ((ObjectNode) otherVerbInside.at("/value/action/data")).put("verb", "reject");
    assertThat(status(otherVerbInside)).isEqualTo(400);
    ObjectNode noRevision = invoke("approve");
    ((ObjectNode) noRevision.at("/value/action/data")).remove("requestRevision");
    assertThat(status(noRevision)).isEqualTo(400);

    ((ObjectNode) invoke.get("value")).put("trigger", "automatic");
    answers.take(caller(), bytes(invoke));
    ((ObjectNode) invoke.get("value")).remove("trigger");
    answers.take(caller(), bytes(invoke));
    answers.take(caller(), bytes(invoke("refresh")));

    verifyNoInteractions(decisions);
    verify(cards, org.mockito.Mockito.times(3)).view(any(), any(), anyString(), any(), org.mockito.ArgumentMatchers.eq(true));
  }

  @Test
  void showsNoButtonsToWhoeverAsked() {
    when(requests.isRequester("c-1", TENANT, NURSE)).thenReturn(true);

    answers.take(caller(), bytes(invoke("refresh")));

    verify(cards).view(any(), any(), anyString(), org.mockito.ArgumentMatchers.contains("You asked"), org.mockito.ArgumentMatchers.eq(false));
  }

  @Test
  void sendsWhoeverMustSignInFreshToThePage() {
    when(plans.find("p-1")).thenReturn(Optional.of(plan("STEP_UP")));

    assertThat(sentence(invoke)).contains("approval page");

    verify(decisions, never()).decide(any());
    assertThat(recorded()).isEqualTo(Map.of("approval", "a-1", "refusal", "STEP_UP_NEEDED"));
  }

  @Test
  void refusesACardOfAnotherRequestOrChannel() {
    invoke.put("replyToId", "99");
    assertThat(sentence(invoke)).contains("does not belong");
    assertThat(recorded()).isEqualTo(Map.of("approval", "a-1", "refusal", "UNKNOWN_CARD"));
    ObjectNode otherChannel = invoke("approve");
    ((ObjectNode) otherChannel.get("conversation")).put("id", "19:ehr@thread.tacv2;messageid=17");
    assertThat(sentence(otherChannel)).contains("does not belong");
    verify(decisions, never()).decide(any());
  }

  @Test
  void recognisesACardWhoseAnswerWasLost() {
    invoke.put("replyToId", "18");
    when(book.mayHaveLostOne("a-1", CHANNEL)).thenReturn(true);

    answers.take(caller(), bytes(invoke));

    verify(book).found("a-1", CHANNEL, new PostedCard(CARD.conversationId(), "18"));
    verify(decisions).decide(any());
  }

  @Test
  void understandsTheMessageOfAnOldClient() {
    ObjectNode message = invoke("reject");
    JsonNode data = message.at("/value/action/data");
    message.remove("name");
    message.put("type", "message").set("value", data);

    Reply reply = answers.take(caller(), bytes(message));

    assertThat(reply).isEqualTo(Reply.empty(200));
    assertThat(decided().verdict()).isEqualTo(Verdict.REJECT);
  }

  @Test
  void answersEverythingElseCheaply() {
    assertThat(answers.take(caller(), bytes(invoke.put("name", "task/fetch"))).status()).isEqualTo(501);
    assertThat(answers.take(caller(), bytes(invoke.put("type", "conversationUpdate"))).status()).isEqualTo(200);
    assertThat(answers.take(caller(), "[]".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(400);
    assertThat(answers.take(caller(), "{".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(400);
    assertThat(answers.take(caller(), "{\"a\":".repeat(200).getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(400);
    verifyNoInteractions(decisions, evidence);
  }

  @Test
  void answersInTimeThoughTheCheckTakesLonger() {
    CountDownLatch slow = new CountDownLatch(1);
    when(decisions.decide(any())).thenAnswer(call -> {
      slow.await();
      return new DecisionOutcome(true, "GRANTED", "Approved.");
    });
    long start = System.nanoTime();

    assertThat(sentence(invoke)).contains("still being checked");

    assertThat(System.nanoTime() - start).isLessThan(3_000_000_000L);
    slow.countDown();
  }

  @Test
  void saysThatPressingAgainIsHarmlessWhenItFails() {
    doThrow(new IllegalStateException("secret")).when(decisions).decide(any());

    assertThat(sentence(invoke)).contains("pressing twice does no harm").doesNotContain("secret");
  }

  private Map<String, Object> recorded() {
    ArgumentCaptor<EvidenceEvent> event = ArgumentCaptor.forClass(EvidenceEvent.class);
    verify(evidence).append(event.capture());
    return event.getValue().data();
  }

  private Decision decided() {
    ArgumentCaptor<Decision> decision = ArgumentCaptor.forClass(Decision.class);
    verify(decisions).decide(decision.capture());
    return decision.getValue();
  }

  private int status(ObjectNode activity) {
    return answers.take(caller(), bytes(activity)).body().path("statusCode").asInt();
  }

  private String sentence(ObjectNode activity) {
    Reply reply = answers.take(caller(), bytes(activity));
    assertThat(reply.status()).isEqualTo(200);
    return reply.body().path("value").asText();
  }

  private CardAnswers.Caller caller() {
    return answers.caller("Bearer x").orElseThrow();
  }

  private static byte[] bytes(JsonNode activity) {
    return activity.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode invoke(String verb) {
    try {
      return (ObjectNode)
          JSON.readTree(
              """
              {"type":"invoke","name":"adaptiveCard/action","id":"f:1","channelId":"msteams","serviceUrl":"%s",
               "from":{"id":"29:x","name":"Nurse","aadObjectId":"%s"},"recipient":{"id":"28:bot"},
               "conversation":{"id":"%s","conversationType":"channel","isGroup":true,"tenantId":"%s"},
               "channelData":{"tenant":{"id":"%s"},"team":{"id":"19:t"},"channel":{"id":"%s"}},"replyToId":"17",
               "value":{"trigger":"manual","action":{"type":"Action.Execute","id":"","verb":"%s","data":{"v":1,"verb":"%s","approvalId":"a-1",
                 "requestRevision":3,"windowMinutes":"60","backByHours":"4","procedureImpact":"NONE_RUNNING","reasonCode":"NO_PATIENT_IMPACT",
                 "comment":"bed 4 is free"}}}}"""
                  .formatted(SERVICE_URL, NURSE, CARD.conversationId(), TENANT, TENANT, CHANNEL, verb, verb));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ApprovalRequest request(ApprovalState state) {
    return new ApprovalRequest(
        "a-1", "c-1", "p-1", "process", state, 3, 1, "Clinical.Approver", "PACS", 1, NOW, NOW.plusSeconds(900), null, null, null, null, null, null);
  }

  private static Plan plan(String assurance) {
    return new Plan("p-1", "c-1", "00", "ISOLATE", "CLINICAL_APPROVAL", assurance, 15, 4, Plan.BY_HAND, "PACS", "device", null, "pacs-gw-01", "CLINICAL", 1, "STANDARD");
  }
}
