package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A hundred answers to one request at the same moment, over HTTP: one counts, every other one is told why not and is kept. */
class ConcurrentAnswersTest {
  private static final int ANSWERS = 100;
  private static final List<String> VERDICTS = List.of("APPROVE", "REJECT", "HOLD");

  @Test
  void takesOneOfAHundredAnswersAndKeepsTheOthers() throws Exception {
    LocalCordon local = Callers.cordon();
    Callers callers = new Callers(local);
    JdbcClient jdbc = local.cordon.getBean(JdbcClient.class);
    String approval = callers.asked("bulk-20100");

    List<JsonNode> said = atOnce(callers, approval);

    long taken = said.stream().filter(answer -> answer.path("accepted").asBoolean() && !isRepeat(answer)).count();
    assertThat(taken).as("answers that counted").isEqualTo(1);
    assertThat(jdbc.sql("select count(*) from approval_decision where approval_id = ?").param(approval).query(Long.class).single()).isEqualTo(1);
    assertThat(said).allSatisfy(answer -> {
      assertThat(answer.path("code").asText()).matches("[A-Z_]+");
      assertThat(answer.path("message").asText() + answer.path("detail").asText()).hasSizeGreaterThan(30);
    });
    assertThat(new Tables(jdbc).refusals(approval)).as("the others in the log").isEqualTo(ANSWERS - 1);
    System.out.printf("%d answers at once: %s%n", ANSWERS, said.stream().collect(
        java.util.stream.Collectors.groupingBy(answer -> answer.path("code").asText() + (isRepeat(answer) ? " again" : ""), java.util.TreeMap::new, java.util.stream.Collectors.counting())));
  }

  private static boolean isRepeat(JsonNode answer) {
    return answer.path("message").asText().contains("already recorded");
  }

  /** The two people who may answer, each with all verdicts and several times, and others who may not. */
  private static List<JsonNode> atOnce(Callers callers, String approval) throws Exception {
    List<String> who = List.of(
        callers.token("clin.pacs"), callers.token("clin.ehr"), callers.token("sec.lead"), callers.token("clin.pacs"), callers.token("aud.one"),
        callers.token(callers.claims("clin.pacs.night", "Clinical.Approver", "PACS")));
    HttpClient http = HttpClient.newHttpClient();
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(ANSWERS);
    try {
      List<Future<HttpResponse<String>>> running = new ArrayList<>();
      for (int i = 0; i < ANSWERS; i++) {
        Map<String, Object> body = Callers.yes();
        body.put("verdict", VERDICTS.get(i / who.size() % VERDICTS.size()));
        var request = callers.answering(who.get(i % who.size()), approval, body);
        running.add(threads.submit(() -> {
          go.await();
          return http.send(request, BodyHandlers.ofString());
        }));
      }
      go.countDown();
      List<JsonNode> said = new ArrayList<>();
      for (Future<HttpResponse<String>> one : running) {
        assertThat(one.get().statusCode()).as(one.get().body()).isIn(200, 409);
        said.add(Call.JSON.readTree(one.get().body()));
      }
      return said;
    } finally {
      threads.shutdownNow();
    }
  }
}
