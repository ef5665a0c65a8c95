package io.cordon.sandbox;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whoever calls Cordon over HTTP: with any token at the API, or signed in at the console. One Cordon for all tests that need no more. */
final class Callers {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static LocalCordon shared;

  private final LocalCordon local;
  private final HttpClient http = HttpClient.newHttpClient();

  Callers(LocalCordon local) {
    this.local = local;
  }

  /** Started when it is first asked for; ends with this JVM. */
  static synchronized LocalCordon cordon() throws IOException {
    if (shared == null) {
      shared = LocalCordon.start(Files.createTempDirectory(Path.of("target"), "callers"), 0);
    }
    return shared;
  }

  /** Claims of a person as Entra makes them; a test changes some. */
  Map<String, Object> claims(String oid, String role, String... services) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", local.sandbox.cloudUrl() + "/" + People.TENANT + "/v2.0");
    claims.put("aud", People.CORDON);
    claims.put("tid", People.TENANT);
    claims.put("oid", oid);
    claims.put("sub", oid);
    claims.put("azp", People.CORDON);
    claims.put("name", oid);
    claims.put("preferred_username", oid + "@hosp.example");
    claims.put("roles", List.of(role));
    claims.put("groups", List.of(services).stream().map(People.GROUPS::get).toList());
    claims.put("scp", "access_as_user");
    claims.put("auth_time", Instant.now().getEpochSecond());
    return claims;
  }

  String token(Map<String, Object> claims) {
    return local.sandbox.tokens.sign(claims);
  }

  String token(String person) {
    return local.sandbox.entra.personToken(People.all().get(person));
  }

  String expired(Map<String, Object> claims) {
    claims.put("exp", Date.from(Instant.now().minus(10, ChronoUnit.MINUTES)));
    claims.put("nbf", Date.from(Instant.now().minus(80, ChronoUnit.MINUTES)));
    return token(claims);
  }

  /** An approval for an hour, some hours from now, as the API takes it. */
  static Map<String, Object> yes() {
    Instant from = Instant.now().plus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    return new HashMap<>(Map.of("verdict", "APPROVE", "requestRevision", 1, "window", Map.of("from", from.toString(), "minutes", 60),
        "backBy", from.plus(4, ChronoUnit.HOURS).toString(), "procedureImpact", "NONE_RUNNING", "reasonCode", "NO_PATIENT_IMPACT"));
  }

  /** Answers a request at the API with a token. */
  HttpResponse<String> answer(String token, String approval, Map<String, Object> body) throws IOException, InterruptedException {
    return http.send(answering(token, approval, body), BodyHandlers.ofString());
  }

  HttpRequest answering(String token, String approval, Map<String, Object> body) throws IOException {
    return HttpRequest.newBuilder(URI.create(local.url() + "/api/approvals/" + approval + "/decision"))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(Call.JSON.writeValueAsBytes(body)))
        .build();
  }

  /** A browser in which this person is signed in. */
  HttpClient browser(String person) throws IOException, InterruptedException {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.ALWAYS).build();
    URI signIn = get(browser, local.url() + "/cases").uri();
    if (!get(browser, signIn + "&sandbox_person=" + person).body().contains("/cases")) {
      throw new IllegalStateException(person + " is not signed in");
    }
    return browser;
  }

  static HttpResponse<String> get(HttpClient browser, String address) throws IOException, InterruptedException {
    return browser.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
  }

  /** The CSRF token of the page of a request, which every page of a person signed in holds. */
  String csrf(HttpClient browser, String approval) throws IOException, InterruptedException {
    Matcher found = CSRF.matcher(get(browser, local.url() + "/approvals/" + approval).body());
    return found.find() ? found.group(1) : "";
  }

  /** Posts the form of the approval page with these fields. */
  HttpResponse<String> post(HttpClient browser, String approval, Map<String, String> fields) throws IOException, InterruptedException {
    String form = fields.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    return browser.send(
        HttpRequest.newBuilder(URI.create(local.url() + "/approvals/" + approval + "/decision")).header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)).build(),
        BodyHandlers.ofString());
  }

  /** What a person who says yes fills in. */
  static Map<String, String> filledInYes() {
    return new HashMap<>(Map.of("verdict", "APPROVE", "procedureImpact", "NONE_RUNNING", "windowChoice", "NOW", "windowMinutes", "60", "backByHours", "4",
        "reasonCode", "NO_PATIENT_IMPACT", "requestRevision", "1"));
  }

  /** Opens a case about a machine that waits for Clinical Ops; returns the id of the request. */
  String asked(String device) throws IOException {
    String caseId = local.alert(device);
    Scripts scripts = new Scripts(local);
    CrashWorld.await("asked about " + device, () -> scripts.as("soc.one", "GET", "/api/cases/" + caseId, null).path("approvals").size() == 1);
    return scripts.as("soc.one", "GET", "/api/cases/" + caseId, null).at("/approvals/0/id").asText();
  }
}
