package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Link previews, mail scanners and curious people follow every link: nothing changes by it, whoever is signed in. */
class GetChangesNothingTest {
  /** Addresses in pages: links, pictures, scripts, where forms go, and what htmx gets; in cards and pages any address. */
  private static final Pattern IN_PAGES = Pattern.compile("(?:href|src|action|hx-get|hx-post)=\"([^\"#]+)\"");
  private static final Pattern IN_MESSAGES = Pattern.compile("https?://[^\"\\\\\\s)]+");
  private static final List<String> AGENTS =
      List.of("Mozilla/5.0", "SkypeUriPreview Preview/0.5", "Slackbot-LinkExpanding 1.0", "Mozilla/5.0 (compatible; Microsoft Office/16.0; SafeLinks)",
          "facebookexternalhit/1.1", "PagerDuty-Webhook/V3.0");

  /** What goes on without anybody: the engine counts, the log signs and says that it lives, the clinical feed is watched. */
  private static final String[] BY_ITSELF = {"act_ru_meter_log", "act_ru_task_meter_log", "evidence_", "clearance_check", "action_watch"};

  private LocalCordon local;
  private int calls;

  @Test
  void changesNothingWhateverIsOpened() throws Exception {
    local = Callers.cordon();
    Callers callers = new Callers(local);
    Tables tables = new Tables(local.cordon.getBean(JdbcClient.class));
    callers.asked("bulk-20201");
    Map<String, Object> notYet = Callers.yes();
    notYet.put("verdict", "HOLD");
    assertThat(callers.answer(callers.token("clin.pacs"), callers.asked("bulk-20202"), notYet).statusCode()).isEqualTo(200);
    local.alert("untagged-01");
    tables.settle();

    Map<String, String> before = tables.contents(BY_ITSELF);
    Set<String> messages = messages();
    assertThat(messages).as("addresses in cards and pages").anyMatch(address -> address.contains("/approvals/"));
    Set<String> visited = new LinkedHashSet<>(openAll(HttpClient.newHttpClient(), messages, null));
    for (String person : People.all().keySet()) {
      visited.addAll(openAll(callers.browser(person), messages, person));
    }
    for (String person : People.all().keySet()) {
      api(callers.token(person), visited);
    }
    System.out.printf("GET and HEAD: %d addresses, %d calls, as %d people, as nobody and by token%n", visited.size(), calls, People.all().size());
    assertThat(visited).anyMatch(address -> address.contains("/tasks/")).anyMatch(address -> address.endsWith("/decision")).anyMatch(address -> address.contains("/cases/"));
    assertThat(tables.contents(BY_ITSELF)).isEqualTo(before);
  }

  /** Every address of ours that went out in a card or a page. */
  private Set<String> messages() {
    Set<String> found = new LinkedHashSet<>();
    List<String> texts = new ArrayList<>(List.of(local.sandbox.teams.cards().toString()));
    local.sandbox.journal.of("pagerduty").forEach(entry -> texts.add(entry.body()));
    local.sandbox.journal.of("teams").forEach(entry -> texts.add(entry.body()));
    texts.forEach(text -> IN_MESSAGES.matcher(text).results().map(match -> match.group()).filter(this::isOurs).forEach(found::add));
    return found;
  }

  private boolean isOurs(String address) {
    return address.startsWith(local.url() + "/");
  }

  /** Opens these addresses and all that the pages behind them lead to; signing out is a button and not among them. */
  private Set<String> openAll(HttpClient browser, Set<String> from, String person) throws Exception {
    Deque<String> toOpen = new ArrayDeque<>(from);
    toOpen.add(local.url() + "/");
    Set<String> seen = new LinkedHashSet<>(toOpen);
    while (!toOpen.isEmpty()) {
      String address = toOpen.remove();
      call(browser, address, "HEAD", null);
      HttpResponse<String> page = call(browser, address, "GET", null);
      if (person != null && page.headers().firstValue("content-type").orElse("").startsWith("text/html")) {
        IN_PAGES.matcher(page.body()).results()
            .map(match -> match.group(1).replace("&amp;", "&"))
            .filter(link -> !link.startsWith("data:"))
            .map(link -> URI.create(address).resolve(link).toString())
            .filter(next -> isOurs(next) && !next.contains("/oauth2/") && seen.add(next))
            .forEach(toOpen::add);
      }
    }
    return seen;
  }

  /** The API's addresses for the same things. */
  private void api(String token, Set<String> visited) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    for (String address : visited) {
      String path = URI.create(address).getPath();
      if (path.matches("/(cases|approvals|tasks|register)(/[^/]+)?(/(decision|withdrawal|last-answer))?")) {
        call(http, local.url() + "/api" + path, "GET", token);
        call(http, local.url() + "/api" + path, "HEAD", token);
        call(http, local.url() + "/api" + path + "/evidence", "GET", token);
      }
    }
    for (String path : List.of("/api/evidence/checkpoint", "/api/evidence/entries?from=0&to=100", "/api/evidence/bundle", "/api/alerts/quarantined", "/api/teams/messages")) {
      call(http, local.url() + path, "GET", token);
    }
  }

  private HttpResponse<String> call(HttpClient client, String address, String method, String token) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).method(method, HttpRequest.BodyPublishers.noBody())
        .header("User-Agent", AGENTS.get(calls++ % AGENTS.size()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(method + " " + address).isLessThan(500);
    return answer;
  }
}
