package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everybody who may not answer, and every answer that must not count, at the API and on the page: told why, nothing changed, kept. */
class RefusedApproversTest {
  private static final List<String> NO_GROUP = List.of("OTHER_CLINICAL_SERVICE", "ROLE_MISSING", "ACCOUNT_CLOSED");

  /** What goes on without anybody: the log is sequenced and signed, the clinical feed is watched. */
  private static final String[] BY_ITSELF = {"evidence_", "clearance_check", "action_watch"};

  private static LocalCordon local;
  private static Callers callers;
  private static Tables tables;
  /** One that waits, one that the SOC asked for, one that clin.pacs approved. */
  private static String waiting;
  private static String launched;
  private static String granted;

  @BeforeAll
  static void haveRequests() throws Exception {
    local = Callers.cordon();
    callers = new Callers(local);
    tables = new Tables(local.cordon.getBean(JdbcClient.class));
    waiting = callers.asked("bulk-20001");
    granted = callers.asked("bulk-20002");
    assertThat(callers.answer(callers.token("clin.pacs"), granted, Callers.yes()).statusCode()).isEqualTo(200);
    launched = callers.asked("bulk-20003");
    local.cordon.getBean(JdbcClient.class)
        .sql("insert into case_requester (case_id, tid, oid, deed, at) select case_id, :tid, :oid, 'LAUNCHED', asked_at from approval_request where id = :id")
        .param("tid", People.TENANT).param("oid", People.all().get("clin.pacs").oid()).param("id", launched).update();
    tables.settle();
  }

  @Test
  void refusesWhoeverMayNotAnswer() throws Exception {
    refused("the requester", launched, callers.token("clin.pacs"), Callers.yes(), List.of("IS_A_REQUESTER"));
    refused("another clinical service", waiting, callers.token("clin.ehr"), Callers.yes(), List.of("OTHER_CLINICAL_SERVICE"));
    refused("no role for it", waiting, callers.token("aud.one"), Callers.yes(), List.of("ROLE_MISSING"));
    refused("the SOC", waiting, callers.token("soc.one"), Callers.yes(), List.of("ROLE_MISSING", "IS_A_REQUESTER"));
    refused("in no group", waiting, callers.token(callers.claims("clin.none", "Clinical.Approver")), Callers.yes(), NO_GROUP);
  }

  @Test
  void refusesAnswersThatMustNotCount() throws Exception {
    String may = callers.token("clin.pacs");
    refused("a second use", granted, may, with("verdict", "REJECT"), List.of("ALREADY_ANSWERED"));
    refused("an older revision", waiting, may, with("requestRevision", 0), List.of("STALE_REVISION"));
    refused("a revision of another request", waiting, may, with("requestRevision", 7), List.of("STALE_REVISION"));
    refused("another plan", waiting, may, with("planHash", "0".repeat(64)), List.of("EDITED"));
    refused("another machine", waiting, may, with("targets", List.of("f".repeat(40))), List.of("EDITED"));
    refused("a window with more in it", waiting, may, with("window", Map.of("from", "now", "minutes", 60, "guard", 0)), List.of("EDITED"));
    refused("a window that is none", waiting, may, with("window", Map.of("from", "now", "minutes", -5)), List.of("WINDOW_TOO_SHORT"));
    refused("no impact", waiting, may, without("procedureImpact"), List.of("PROCEDURE_IMPACT_MISSING"));
    refused("a reason of one's own", waiting, may, with("reasonCode", "BECAUSE"), List.of("REASON_MISSING"));
  }

  @Test
  void letsNobodyNearTheGateWhoIsNotSignedInAsAPerson() throws Exception {
    Map<String, Object> guest = callers.claims("guest", "Clinical.Approver", "PACS");
    guest.put("tid", "99999999-9999-4999-8999-999999999999");
    turnedAway("a guest of another tenant", callers.token(guest), 401, "NOT_SIGNED_IN");
    Map<String, Object> app = callers.claims("app", "Clinical.Approver", "PACS");
    app.remove("scp");
    turnedAway("an application", callers.token(app), 403, "");
    turnedAway("a session that is over", callers.expired(callers.claims("late", "Clinical.Approver", "PACS")), 401, "NOT_SIGNED_IN");
    turnedAway("a forged verdict", callers.token("clin.pacs"), with("verdict", "GRANTED"), 400);
    Map<String, Object> foreign = callers.claims("other-app", "Clinical.Approver", "PACS");
    foreign.put("aud", "another-application");
    turnedAway("a token for something else", callers.token(foreign), 401, "NOT_SIGNED_IN");
    HttpResponse<String> unknown = callers.answer(callers.token("clin.pacs"), "a-00000000000000000000000000000000", Callers.yes());
    assertThat(unknown.statusCode()).isEqualTo(404);
  }

  @Test
  void refusesTheSameOnThePage() throws Exception {
    onThePage("clin.ehr", waiting, Callers.filledInYes(), 409, "do not answer for this clinical service", 1);
    onThePage("aud.one", waiting, Callers.filledInYes(), 409, "may not answer this request", 1);
    onThePage("clin.pacs", launched, Callers.filledInYes(), 409, "somebody else must answer", 1);
    onThePage("clin.pacs", granted, form("verdict", "REJECT"), 409, "already answered", 1);
    onThePage("clin.pacs", waiting, form("requestRevision", "0"), 409, "changed after you opened it", 1);
    onThePage("clin.pacs", waiting, form("planHash", "0".repeat(64)), 409, "something that was not asked", 1);
    onThePage("clin.pacs", waiting, form("mdeDeviceId", "f".repeat(40)), 409, "something that was not asked", 1);
    onThePage("clin.pacs", waiting, form("verdict", "GRANTED"), 422, "May we isolate", 0);
    onThePage("clin.pacs", waiting, form("windowMinutes", "-5"), 422, "May we isolate", 0);
    onThePage("clin.pacs", waiting, form("_csrf", "forged"), 403, "Nothing was changed", 0);
  }

  @Test
  void tellsWhoseSessionIsOver() throws Exception {
    Map<String, String> before = tables.contents(BY_ITSELF);
    HttpResponse<String> answer = callers.post(HttpClient.newHttpClient(), waiting, Callers.filledInYes());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("Your session is over").contains("Nothing was changed");
    assertThat(tables.contents(BY_ITSELF)).isEqualTo(before);
  }

  private static void refused(String who, String approval, String token, Map<String, Object> body, List<String> codes) throws Exception {
    Map<String, String> before = tables.contents(BY_ITSELF);
    long kept = tables.refusals(approval);
    HttpResponse<String> answer = callers.answer(token, approval, body);
    assertThat(answer.statusCode()).as(who + ": " + answer.body()).isEqualTo(409);
    assertThat(Call.JSON.readTree(answer.body()).path("code").asText()).as(who).isIn(codes);
    assertThat(Call.JSON.readTree(answer.body()).path("detail").asText()).as(who).containsPattern("[A-Z].{20,}\\.");
    assertThat(tables.contents(BY_ITSELF)).as(who + " changed something").isEqualTo(before);
    assertThat(tables.refusals(approval)).as(who + " is not kept").isEqualTo(kept + 1);
  }

  private static void turnedAway(String who, String token, int status, String code) throws Exception {
    assertThat(turnedAway(who, token, Callers.yes(), status)).as(who).contains(code);
  }

  private static String turnedAway(String who, String token, Map<String, Object> body, int status) throws IOException, InterruptedException {
    Map<String, String> before = tables.contents(BY_ITSELF);
    long kept = tables.refusals(waiting);
    HttpResponse<String> answer = callers.answer(token, waiting, body);
    assertThat(answer.statusCode()).as(who + ": " + answer.body()).isEqualTo(status);
    assertThat(tables.refusals(waiting)).as(who + " is no person to be named").isEqualTo(kept);
    assertThat(tables.contents(BY_ITSELF)).as(who + " changed something").isEqualTo(before);
    return answer.body();
  }

  private static void onThePage(String person, String approval, Map<String, String> fields, int status, String says, int kept) throws Exception {
    HttpClient browser = callers.browser(person);
    fields.putIfAbsent("_csrf", callers.csrf(browser, approval));
    Map<String, String> before = tables.contents(BY_ITSELF);
    long refusals = tables.refusals(approval);
    HttpResponse<String> answer = callers.post(browser, approval, fields);
    assertThat(answer.statusCode()).as(person + " " + fields).isEqualTo(status);
    assertThat(answer.body()).as(person + " " + fields).contains(says);
    assertThat(tables.contents(BY_ITSELF)).as(person + " changed something").isEqualTo(before);
    assertThat(tables.refusals(approval)).as(person + " is not kept").isEqualTo(refusals + kept);
  }

  private static Map<String, Object> with(String name, Object value) {
    Map<String, Object> body = Callers.yes();
    body.put(name, value);
    return body;
  }

  private static Map<String, Object> without(String name) {
    Map<String, Object> body = Callers.yes();
    body.remove(name);
    return body;
  }

  private static Map<String, String> form(String name, String value) {
    Map<String, String> form = Callers.filledInYes();
    form.put(name, value);
    return form;
  }
}
