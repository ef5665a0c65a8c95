package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.web.util.HtmlUtils;

/** Shows the cards somewhat as Teams would, the newest first. */
final class TeamsPage {
  private static final String PAGE =
      """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Teams (sandbox)</title><link rel="icon" href="data:,"><meta http-equiv="refresh" content="3">
      <style>body{font:16px system-ui;margin:2rem auto;max-width:40rem;padding:0 1rem;background:#f3f2f6}
      .card{background:#fff;border-radius:.5rem;padding:1rem;margin:1rem 0;box-shadow:0 1px 3px #0003}dt{font-weight:600}
      dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.2rem 1rem}dd{margin:0;overflow-wrap:anywhere}a.b{display:inline-block;padding:.6rem 1rem;background:#464eb8;color:#fff;border-radius:.3rem;text-decoration:none}</style>
      </head><body><h1>Clinical Ops</h1>%s</body></html>""";

  private TeamsPage() {}

  static Answer of(Map<String, JsonNode> cards) {
    List<JsonNode> newestFirst = new ArrayList<>(cards.values());
    Collections.reverse(newestFirst);
    StringBuilder html = new StringBuilder();
    for (JsonNode card : newestFirst) {
      html.append("<div class=\"card\">");
      card.path("body").forEach(element -> element(html, element));
      card.path("actions").forEach(action -> action(html, action));
      html.append("</div>");
    }
    return Answer.html(PAGE.formatted(html.isEmpty() ? "<p>No card yet.</p>" : html));
  }

  private static void element(StringBuilder html, JsonNode element) {
    switch (element.path("type").asText()) {
      case "TextBlock" -> html.append("<p>").append(text(element.path("text"))).append("</p>");
      case "FactSet" -> {
        html.append("<dl>");
        element.path("facts").forEach(fact -> html.append("<dt>").append(text(fact.path("title"))).append("</dt><dd>").append(text(fact.path("value"))).append("</dd>"));
        html.append("</dl>");
      }
      case "ActionSet" -> element.path("actions").forEach(action -> action(html, action));
      default -> element.path("items").forEach(item -> element(html, item));
    }
  }

  private static void action(StringBuilder html, JsonNode action) {
    if ("Action.OpenUrl".equals(action.path("type").asText())) {
      html.append("<a class=\"b\" href=\"").append(text(action.path("url"))).append("\">").append(text(action.path("title"))).append("</a>");
    }
  }

  private static String text(JsonNode node) {
    return HtmlUtils.htmlEscape(node.asText());
  }
}
