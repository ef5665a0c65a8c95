package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers from Teams and news from PagerDuty over real HTTP: what is genuine counts once, everything else changes nothing. */
class ChannelsTest {
  private static final JsonNode YES =
      Call.JSON.valueToTree(Map.of("procedureImpact", "NONE_RUNNING", "reasonCode", "NO_PATIENT_IMPACT", "windowMinutes", "60", "backByHours", "4"));
  private static final People.Person NURSE = People.all().get("clin.pacs");
  private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path folder;
  private static LocalCordon local;
  private static SandboxCloud cloud;
  private static Scripts scripts;
  private static JdbcClient database;
  private static int machine = 100;

  /** A request of Clinical Ops that waits, and its card. */
  private record Asked(String caseId, String approvalId) {
    CardPlace card() {
      return cloud.teamsClient.cardAbout(approvalId).orElseThrow();
    }

    String state() {
      return database.sql("select state from approval_request where id = :id").param("id", approvalId).query(String.class).single();
    }

    int decisions() {
      return database.sql("select count(*) from approval_decision where approval_id = :id").param("id", approvalId).query(Integer.class).single();
    }

    List<String> evidence(String type) throws IOException {
      List<String> found = new ArrayList<>();
      for (JsonNode entry : scripts.as("aud.one", "GET", "/api/cases/" + caseId + "/evidence", null).path("items")) {
        if (entry.path("type").asText().equals(type)) {
          found.add(entry.toString());
        }
      }
      return found;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    // what is asked here is the channels; the brake has its own test
    local = LocalCordon.start(folder, 0, Map.of("cordon.gate.most-at-once", 1_000));
    cloud = local.sandbox;
    cloud.teamsClient.resendAfter = Duration.ofMillis(10);
    cloud.limits.enforce(false);
    scripts = new Scripts(local);
    database = local.cordon.getBean(JdbcClient.class);
  }

  @AfterAll
  static void stop() {
    local.close();
  }

  /** A new case whose policy says that Teams is enough, seen by the nurse. */
  private static Asked asked() throws IOException {
    Asked asked = waiting();
    database.sql("update plan set assurance = 'CHANNEL' where case_id = :case").param("case", asked.caseId()).update();
    cloud.teamsClient.open(NURSE, asked.card());
    return asked;
  }

  private static Asked waiting() throws IOException {
    String caseId = scripts.alert("bulk-%05d".formatted(machine++)).path("caseId").asText();
    List<String> approvals = new ArrayList<>();
    await(() -> {
      JsonNode found = scripts.as("soc.one", "GET", "/api/cases/" + caseId, null).path("approvals");
      found.forEach(one -> approvals.add(one.path("id").asText()));
      return !approvals.isEmpty();
    });
    await(() -> cloud.teamsClient.cardAbout(approvals.get(0)).isPresent());
    return new Asked(caseId, approvals.get(0));
  }

  /** Something that comes true. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100)).until(condition::holds);
  }

  @Test
  void approvesOnTheCardAndLeavesNoButtonBehind() throws Exception {
    Asked asked = asked();

    CardPlace place = asked.card();

    JsonNode answer = cloud.teamsClient.press(NURSE, place, "approve", YES).orElseThrow();

    assertThat(answer.path("type").asText()).as(answer.toString()).isEqualTo("application/vnd.microsoft.card.adaptive");
    assertThat(answer.path("value").toString()).contains("Approved").doesNotContain("Action.Execute");
    assertThat(asked.state()).isEqualTo("GRANTED");
    await(() -> shown(place).contains("\"Approved\""));
    assertThat(shown(place)).doesNotContain("Action.").doesNotContain("Input.").doesNotContain("refresh");
    await(() -> asked.evidence("APPROVAL_GRANTED").size() == 1);
    assertThat(asked.evidence("APPROVAL_GRANTED")).singleElement().asString().contains(NURSE.oid());
  }

  @Test
  void takesAPressThatIsSentAgainUnderANewIdOnce() throws Exception {
    Asked asked = asked();
    ObjectNode press = cloud.teamsClient.pressed(NURSE, asked.card(), "approve", YES);
    for (int delivery = 0; delivery < 4; delivery++) {
      press.put("id", "f:" + UUID.randomUUID());
      assertThat(json(cloud.teamsClient.send(press, cloud.teamsClient.token())).path("statusCode").asInt()).isEqualTo(200);
    }

    assertThat(asked.decisions()).isEqualTo(1);
    assertThat(answers(asked)).as("asked, granted, and each that changed nothing").isEqualTo(5);
    assertThat(asked.evidence("APPROVAL_GRANTED")).hasSize(1);
  }

  @Test
  void understandsOldClientsAndSomebodyElsesLaterPress() throws Exception {
    Asked asked = asked();
    CardPlace seen = new CardPlace(asked.card().conversation(), asked.card().activity(), cloud.teamsClient.view(NURSE.name(), asked.card()));

    assertThat(cloud.teamsClient.submit(NURSE, seen, "reject", YES)).isEqualTo(200);

    assertThat(asked.state()).isEqualTo("REJECTED");
    JsonNode late = cloud.teamsClient.press(People.all().get("clin.exec"), seen, "approve", YES).orElseThrow();
    assertThat(late.toString()).contains("Rejected");
    assertThat(asked.state()).isEqualTo("REJECTED");
  }

  @Test
  void showsNoButtonsToWhoeverAskedAndTakesNoAnswerOfTheirs() throws Exception {
    Asked asked = asked();
    People.Person analyst = People.all().get("soc.one");
    database.sql("insert into case_requester (case_id, tid, oid, deed, at) values (:case, :tid, :oid, 'LAUNCHED', now())")
        .param("case", asked.caseId()).param("tid", People.TENANT).param("oid", analyst.oid()).update();

    JsonNode view = cloud.teamsClient.open(analyst, asked.card()).orElseThrow().path("value");
    JsonNode answer = cloud.teamsClient.press(analyst, asked.card(), "approve", YES).orElseThrow();

    assertThat(view.toString()).contains("You asked for this").doesNotContain("\"verb\":\"approve\"");
    assertThat(answer.path("value").asText()).contains("somebody else must answer");
    assertThat(cloud.teamsClient.press(People.all().get("clin.ehr"), asked.card(), "approve", YES).orElseThrow().path("value").asText()).contains("still waits");
    assertThat(asked.state()).isEqualTo("PENDING");
    await(() -> asked.evidence("DECISION_REFUSED").size() == 2);
  }

  @Test
  void sendsWhoeverMustSignInFreshToThePage() throws Exception {
    Asked asked = waiting();

    JsonNode answer = cloud.teamsClient.press(NURSE, asked.card(), "approve", YES).orElseThrow();

    assertThat(asked.card().card().toString()).contains("/approvals/" + asked.approvalId()).doesNotContain("\"verb\":\"approve\"");
    assertThat(answer.path("value").asText()).contains("Open the approval page");
    assertThat(asked.state()).isEqualTo("PENDING");
  }

  @Test
  void refusesEveryTokenThatIsNotTheConnectorsAndChangesNothing() throws Exception {
    Asked asked = asked();
    ObjectNode press = cloud.teamsClient.pressed(NURSE, asked.card(), "approve", YES);
    ConnectorSigning signing = cloud.connectorSigning;
    String url = press.path("serviceUrl").asText();
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("none", null);
    bad.put("no JWT", "abc");
    bad.put("expired", token(claims -> claims.put("exp", new Date(cloud.clock.millis() - 301_000))));
    bad.put("not yet", token(claims -> claims.put("nbf", new Date(cloud.clock.millis() + 330_000))));
    bad.put("another bot's", token(claims -> claims.put("aud", "99999999-9999-4999-8999-999999999999")));
    bad.put("from Entra", token(claims -> claims.put("iss", "https://sts.windows.net/" + People.TENANT + "/")));
    bad.put("without signature", new PlainJWT(set(signing.claims(People.CORDON, url))).serialize());
    bad.put("with a shared secret", withSharedSecret(signing.claims(People.CORDON, url)));
    bad.put("with an unknown key", ConnectorSigning.signed(ConnectorSigning.generated("K9"), signing.claims(People.CORDON, url)));
    bad.put("with a forged key", ConnectorSigning.signed(ConnectorSigning.generated("K1"), signing.claims(People.CORDON, url)));
    bad.put("with the key of web chat", signing.sign("K2", signing.claims(People.CORDON, url)));
    bad.put("with a key for nothing", signing.sign("K3", signing.claims(People.CORDON, url)));
    bad.put("without service address", token(claims -> claims.remove("serviceurl")));
    bad.put("for another service address", token(claims -> claims.put("serviceurl", "https://smba.trafficmanager.net/emea/")));
    bad.put("the bot's own", cloud.tokens.sign(Map.of("aud", "https://api.botframework.com", "appid", People.CORDON)));
    long evidence = answers(asked);

    for (Map.Entry<String, String> one : bad.entrySet()) {
      assertThat(cloud.teamsClient.send(press, one.getValue()).statusCode()).as(one.getKey()).isEqualTo(one.getValue() == null ? 401 : 403);
    }

    assertThat(asked.state()).isEqualTo("PENDING");
    assertThat(asked.decisions()).isZero();
    assertThat(answers(asked)).isEqualTo(evidence);
    assertThat(cloud.teamsClient.send(press, token(claims -> claims.put("exp", new Date(cloud.clock.millis() - 290_000)))).statusCode()).isEqualTo(200);
    assertThat(asked.state()).isEqualTo("GRANTED");
  }

  @Test
  void boundsWhateverIsSent() throws Exception {
    Asked asked = asked();
    ObjectNode press = cloud.teamsClient.pressed(NURSE, asked.card(), "approve", YES);
    assertThat(cloud.teamsClient.send(press.deepCopy().put("filler", "x".repeat(300_000)), cloud.teamsClient.token()).statusCode()).isEqualTo(413);
    HttpRequest.Builder xml = HttpRequest.newBuilder(URI.create(local.url() + "/api/teams/messages")).header("Content-Type", "text/xml").header("Authorization", "Bearer " + cloud.teamsClient.token());
    assertThat(HTTP.send(xml.POST(HttpRequest.BodyPublishers.ofString("<a/>")).build(), HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(415);
    assertThat(HTTP.send(xml.GET().build(), HttpResponse.BodyHandlers.discarding()).statusCode()).isIn(403, 405);

    assertThat(dripped("/api/teams/messages", null, Duration.ofSeconds(4))).contains(" 401");
    assertThat(dripped("/api/teams/messages", cloud.teamsClient.token(), Duration.ofSeconds(12))).contains(" 408");
    assertThat(dripped("/api/pagerduty/webhooks", null, Duration.ofSeconds(12))).contains(" 408");
    assertThat(asked.state()).isEqualTo("PENDING");
  }

  @Test
  void recordsThatSomebodyIsAwakeAndApprovesNothingForIt() throws Exception {
    Asked asked = waiting();
    String key = "cordon/" + asked.approvalId() + "/tier-1";
    await(() -> cloud.pagerDuty.alerts().keySet().stream().anyMatch(alert -> alert.dedupKey().equals(key)));
    ObjectNode event = cloud.webhooks.event("incident.acknowledged", key, "PLH1HKV");
    byte[] body = event.toString().getBytes(StandardCharsets.UTF_8);
    String signature = "v1=" + PagerDutyWebhookSender.signature(PagerDutyWebhookSender.SECRET, body);

    assertThat(cloud.webhooks.send(event)).isEqualTo(202);
    assertThat(cloud.webhooks.send(body, UUID.randomUUID().toString(), signature)).isEqualTo(202);
    assertThat(cloud.webhooks.send(cloud.webhooks.event("pagey.ping", key, null))).isEqualTo(202);
    assertThat(cloud.webhooks.send(cloud.webhooks.event("incident.something.new", key, "PLH1HKV"))).isEqualTo(202);

    assertThat(asked.state()).isEqualTo("PENDING");
    await(() -> asked.evidence("NOTIFY_SENT").stream().anyMatch(entry -> entry.contains("ACKNOWLEDGED")));
    assertThat(asked.evidence("NOTIFY_SENT").stream().filter(entry -> entry.contains("ACKNOWLEDGED") && entry.contains("PLH1HKV"))).hasSize(1);
    assertThat(database.sql("select acknowledged_by from page where dedup_key = :key").param("key", key).query(String.class).single()).isEqualTo("PLH1HKV");
  }

  @Test
  void refusesEveryBadSignatureAndChangesNothing() throws Exception {
    Asked asked = waiting();
    String key = "cordon/" + asked.approvalId() + "/tier-1";
    byte[] body = cloud.webhooks.event("incident.acknowledged", key, "PLH1HKV").toString().getBytes(StandardCharsets.UTF_8);
    byte[] other = cloud.webhooks.event("incident.acknowledged", key, "POTHER1").toString().getBytes(StandardCharsets.UTF_8);
    String good = PagerDutyWebhookSender.signature(PagerDutyWebhookSender.SECRET, body);
    List<String> bad = new ArrayList<>(List.of("", "v1=", "v1=" + PagerDutyWebhookSender.signature("wrong", body), "v2=" + good, good, "v1=" + good.substring(1), "v1=" + good.toUpperCase(java.util.Locale.ROOT),
        "v1=" + PagerDutyWebhookSender.signature(PagerDutyWebhookSender.SECRET, other)));
    bad.add(null);
    long evidence = answers(asked);

    for (String signature : bad) {
      assertThat(cloud.webhooks.send(body, UUID.randomUUID().toString(), signature)).as(signature).isEqualTo(401);
    }
    assertThat(cloud.webhooks.send(body, null, "v1=" + good)).isEqualTo(400);

    assertThat(answers(asked)).isEqualTo(evidence);
    assertThat(database.sql("select count(*) from page where dedup_key = :key and acknowledged_at is not null").param("key", key).query(Integer.class).single()).isZero();
  }

  @Test
  void closesACardWhoseAnswerWasLostAndWhichWasSentAgain() throws Exception {
    assertThat(cloud.faults.add(Call.JSON.valueToTree(Map.of("service", "teams", "path", "/v3/conversations", "mode", "lost", "times", 1)))).isTrue();
    int before = cloud.teams.places().size();
    Asked asked = waiting();
    await(() -> cloud.teams.places().size() == before + 2);
    List<CardPlace> both = cloud.teams.places().stream().filter(place -> place.isAbout(asked.approvalId())).toList();
    assertThat(both).hasSize(2);

    both.forEach(place -> cloud.teamsClient.open(NURSE, place));

    assertThat(cloud.teams.places().stream().filter(place -> place.isAbout(asked.approvalId())).toList()).hasSize(1);
    assertThat(cloud.teams.places().stream().filter(place -> place.card().toString().contains("Sent twice by mistake")).count()).isPositive();
    await(() -> asked.evidence("NOTIFY_SENT").stream().anyMatch(entry -> entry.contains("DUPLICATE_CLOSED")));
  }

  /** The card as it hangs now. */
  private static String shown(CardPlace place) {
    return cloud.teams.cards().get(place.conversation() + "/" + place.activity()).toString();
  }

  /** How many entries of the case say something of an answer. */
  private static long answers(Asked asked) {
    return database.sql("select count(*) from evidence_stage where case_id = :case and (type like 'APPROVAL%' or type like 'DECISION%')").param("case", asked.caseId()).query(Long.class).single();
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return Call.JSON.readTree(response.body());
  }

  private static String token(Consumer<Map<String, Object>> change) {
    Map<String, Object> claims = cloud.connectorSigning.claims(People.CORDON, cloud.cloudUrl() + "/teams");
    change.accept(claims);
    return cloud.connectorSigning.sign("K1", claims);
  }

  private static JWTClaimsSet set(Map<String, Object> claims) {
    var set = new JWTClaimsSet.Builder();
    claims.forEach(set::claim);
    return set.build();
  }

  private static String withSharedSecret(Map<String, Object> claims) throws Exception {
    var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("K1").build(), set(claims));
    jwt.sign(new MACSigner("0123456789012345678901234567890123456789"));
    return jwt.serialize();
  }

  /** Sends a byte a second and no more than the time allows; the status line that came back. */
  private static String dripped(String path, String token, Duration atMost) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", URI.create(local.url()).getPort())) {
      socket.setSoTimeout(1000);
      var out = socket.getOutputStream();
      String auth = token == null ? "" : "Authorization: Bearer " + token + "\r\n";
      out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + auth + "Content-Length: 100000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      long end = System.nanoTime() + atMost.toNanos();
      InputStream in = socket.getInputStream();
      while (System.nanoTime() < end) {
        try {
          byte[] line = in.readNBytes(40);
          return new String(line, StandardCharsets.US_ASCII);
        } catch (java.net.SocketTimeoutException e) {
          out.write(' ');
          out.flush();
        }
      }
      return "nothing within " + atMost;
    }
  }
}
