package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every place to which something of an alert or an answer could get, as text. */
final class Sinks {
  private static final String SYSTEM_SCHEMAS = "('pg_catalog', 'information_schema')";

  private final LocalCordon local;
  private final Scripts scripts;

  Sinks(LocalCordon local, Scripts scripts) {
    this.local = local;
    this.scripts = scripts;
  }

  /** Every column of every table, process variables among them; bytes as they are, unzipped and decoded. */
  List<String> database() {
    JdbcClient jdbc = local.cordon.getBean(JdbcClient.class);
    List<String> texts = new ArrayList<>();
    jdbc.sql("select table_schema, table_name, column_name, data_type from information_schema.columns where table_schema not in " + SYSTEM_SCHEMAS)
        .query((row, n) -> List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
        .list()
        .forEach(column -> {
          String from = " from \"" + column.get(0) + "\".\"" + column.get(1) + "\" where \"" + column.get(2) + "\" is not null";
          if ("bytea".equals(column.get(3))) {
            jdbc.sql("select \"" + column.get(2) + "\"" + from).query(byte[].class).list().forEach(bytes -> texts.addAll(readings(bytes)));
          } else {
            texts.addAll(jdbc.sql("select \"" + column.get(2) + "\"::text" + from).query(String.class).list());
          }
        });
    return texts;
  }

  private static List<String> readings(byte[] bytes) {
    List<String> all = new ArrayList<>(List.of(new String(bytes, StandardCharsets.UTF_8)));
    try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      all.add(new String(unzipped.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      // not zipped
    }
    try {
      all.add(new String(Base64.getMimeDecoder().decode(bytes), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // not Base64
    }
    return all;
  }

  /** What reached the outside services, sign-in excepted: there the browser carries its own addresses. */
  List<String> outside() {
    List<String> texts = new ArrayList<>(List.of(local.sandbox.teams.cards().toString()));
    local.sandbox.journal.of(null).stream().filter(e -> !e.service().equals("entra"))
        .forEach(e -> texts.addAll(List.of(e.path(), String.valueOf(e.query()), String.valueOf(e.body()))));
    return texts;
  }

  List<String> metrics() {
    return local.cordon.getBean(MeterRegistry.class).getMeters().stream().map(meter -> meter.getId() + " " + meter.measure()).toList();
  }

  List<String> logs(Path folder, String console) throws IOException {
    List<String> texts = new ArrayList<>(List.of(console));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.getFileName().toString().startsWith("cordon.log")).toList()) {
        texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }

  /** Everything the API tells about these cases, and the bundle for auditors, unpacked. */
  List<String> api(List<String> caseIds) throws IOException {
    List<String> texts = new ArrayList<>();
    for (String caseId : caseIds) {
      JsonNode whole = scripts.as("soc.one", "GET", "/api/cases/" + caseId, null);
      texts.add(whole.toString());
      for (JsonNode approval : whole.path("approvals")) {
        texts.add(scripts.as("clin.pacs", "GET", "/api/approvals/" + approval.path("id").asText(), null).toString());
      }
      texts.add(scripts.as("aud.one", "GET", "/api/cases/" + caseId + "/evidence", null).toString());
      texts.add(scripts.as("aud.one", "GET", "/api/cases/" + caseId + "/sealed", null).toString());
    }
    texts.add(scripts.as("soc.one", "GET", "/api/cases", null).toString());
    texts.add(scripts.as("aud.one", "GET", "/api/evidence/entries", null).toString());
    try (ZipInputStream bundle = new ZipInputStream(new ByteArrayInputStream(scripts.bytes("aud.one", "/api/evidence/bundle")))) {
      for (ZipEntry entry = bundle.getNextEntry(); entry != null; entry = bundle.getNextEntry()) {
        texts.add(new String(bundle.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }

  /** The pages of the console as this person sees them. */
  List<String> console(String person, List<String> caseIds) throws Exception {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.ALWAYS).build();
    URI signIn = get(browser, URI.create(local.url() + "/cases")).uri();
    List<String> texts = new ArrayList<>(List.of(get(browser, URI.create(signIn + "&sandbox_person=" + person)).body()));
    if (!texts.get(0).contains("/cases")) {
      throw new IllegalStateException(person + " is not signed in");
    }
    List<String> paths = new ArrayList<>(List.of("/", "/tasks", "/approvals", "/cases?state=OPEN"));
    for (String caseId : caseIds) {
      paths.add("/cases/" + caseId);
      JsonNode whole = scripts.as("soc.one", "GET", "/api/cases/" + caseId, null);
      whole.path("approvals").forEach(approval -> paths.add("/approvals/" + approval.path("id").asText()));
      whole.path("tasks").forEach(task -> paths.add("/tasks/" + task.path("id").asText()));
    }
    for (String path : paths) {
      texts.add(get(browser, URI.create(local.url() + path)).body());
    }
    return texts;
  }

  private static HttpResponse<String> get(HttpClient browser, URI address) throws Exception {
    return browser.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** All of them by name. */
  Map<String, List<String>> all(Path folder, String console, List<String> caseIds) throws Exception {
    Map<String, List<String>> all = new java.util.LinkedHashMap<>();
    all.put("API", api(caseIds));
    for (String person : List.of("soc.one", "aud.one", "clin.pacs", "sec.lead")) {
      all.put("pages of " + person, console(person, caseIds));
    }
    all.put("outside", outside());
    all.put("metrics", metrics());
    all.put("database", database());
    all.put("logs", logs(folder, console));
    return all;
  }
}
