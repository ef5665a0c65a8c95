package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.web.util.HtmlUtils;

/** Shows the channel somewhat as Teams would, the newest card first, and lets one press its buttons as a chosen person. */
final class TeamsPage {
  private static final String PAGE =
      """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Teams (sandbox)</title><link rel="icon" href="data:,">%s
      <style>*{box-sizing:border-box}body{font:14px/1.4 "Segoe UI",system-ui,sans-serif;margin:0;background:#f5f5f5;color:#242424}
      header{background:#fff;border-bottom:1px solid #e0e0e0;padding:.75rem 1rem;display:flex;gap:1rem;align-items:center;flex-wrap:wrap}h1{font-size:1.1rem;margin:0;flex:1}
      main{max-width:44rem;margin:0 auto;padding:1rem}.post{background:#fff;border-radius:.5rem;padding:.75rem 1rem;margin:0 0 1rem;box-shadow:0 1px 2px #0002}
      .who{color:#616161;font-size:12px;margin:0 0 .5rem}.who b{color:#242424;font-size:14px}.card{border:1px solid #d1d1d1;border-radius:.35rem;padding:.9rem 1rem}
      .card p{margin:.2rem 0 .6rem}.Bolder{font-weight:600}.Medium{font-size:1.15rem}dl{display:grid;grid-template-columns:9rem minmax(0,1fr);gap:.15rem .75rem;margin:.4rem 0 .8rem}
      dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}label{display:block;margin:.6rem 0 .2rem;font-weight:600}select,textarea{width:100%%;font:inherit;padding:.4rem;border:1px solid #c7c7c7;border-radius:.25rem;background:#fff}
      .actions{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.9rem}button,a.b{font:inherit;font-weight:600;padding:.4rem .9rem;border:1px solid #c7c7c7;background:#fff;border-radius:.25rem;color:#242424;text-decoration:none;cursor:pointer}
      .note{background:#fff4ce;border:1px solid #f2d675;border-radius:.35rem;padding:.6rem .8rem;margin:0 0 1rem}header select{width:auto}
      @media(max-width:480px){main{padding:.5rem}dl{grid-template-columns:1fr}dt{margin-top:.3rem}.actions{flex-direction:column}.actions>*{text-align:center;width:100%%}}</style>
      </head><body><header><h1>Clinical Ops</h1><form method="get" action="/teams"><label style="display:inline;margin:0" for="as">Seen by</label> <select id="as" name="as">%s</select> <button>Show</button></form></header><main>%s%s</main></body></html>""";

  private final TeamsClient client;
  private final String as;

  private TeamsPage(TeamsClient client, String as) {
    this.client = client;
    this.as = as;
  }

  static Answer of(SimulatedConnector connector, TeamsClient client, Map<String, String> asked) {
    TeamsPage page = new TeamsPage(client, asked.getOrDefault("as", ""));
    List<CardPlace> newestFirst = new ArrayList<>(connector.places());
    Collections.reverse(newestFirst);
    StringBuilder html = new StringBuilder();
    newestFirst.forEach(place -> page.post(html, place));
    String note = asked.containsKey("note") ? "<p class=\"note\" role=\"status\">" + HtmlUtils.htmlEscape(asked.get("note")) + "</p>" : "";
    // what somebody is typing must not be lost
    String refresh = html.indexOf("<select") < 0 && note.isEmpty() ? "<meta http-equiv=\"refresh\" content=\"3\">" : "";
    return Answer.html(PAGE.formatted(refresh, page.people(), note, html.isEmpty() ? "<p>No card yet.</p>" : html));
  }

  private String people() {
    StringBuilder options = new StringBuilder("<option value=\"\">the whole channel</option>");
    People.all().values().forEach(person ->
        options.append("<option value=\"").append(person.name()).append('"').append(person.name().equals(as) ? " selected" : "").append('>').append(person.name()).append("</option>"));
    return options.toString();
  }

  private void post(StringBuilder html, CardPlace place) {
    if (People.all().containsKey(as)) {
      client.open(People.all().get(as), place); // as every client does with a card that has views
    }
    JsonNode card = as.isEmpty() ? place.card() : client.view(as, place);
    boolean reply = !place.conversation().endsWith("=" + place.activity());
    html.append("<div class=\"post\"><p class=\"who\"><b>Cordon</b> ").append(reply ? "replied in the thread" : "").append("</p><form class=\"card\" method=\"post\" action=\"/teams/press\">");
    html.append("<input type=\"hidden\" name=\"conversation\" value=\"").append(escaped(place.conversation())).append("\"><input type=\"hidden\" name=\"activity\" value=\"")
        .append(escaped(place.activity())).append("\"><input type=\"hidden\" name=\"as\" value=\"").append(escaped(as)).append("\">");
    card.path("body").forEach(element -> element(html, element, place));
    card.path("actions").forEach(action -> action(html, action));
    html.append("</form></div>");
  }

  private void element(StringBuilder html, JsonNode element, CardPlace place) {
    switch (element.path("type").asText()) {
      case "TextBlock" -> html.append("<p class=\"").append(text(element.path("weight"))).append(' ').append(text(element.path("size"))).append("\">").append(text(element.path("text"))).append("</p>");
      case "FactSet" -> {
        html.append("<dl>");
        element.path("facts").forEach(fact -> html.append("<dt>").append(text(fact.path("title"))).append("</dt><dd>").append(text(fact.path("value"))).append("</dd>"));
        html.append("</dl>");
      }
      case "Input.ChoiceSet" -> choices(html, element, place);
      case "Input.Text" -> {
        label(html, element, place);
        html.append("<textarea rows=\"2\" id=\"").append(id(element, place)).append("\" name=\"").append(text(element.path("id"))).append("\" maxlength=\"").append(element.path("maxLength").asInt(300)).append("\"></textarea>");
      }
      case "ActionSet" -> {
        html.append("<div class=\"actions\">");
        element.path("actions").forEach(action -> action(html, action));
        html.append("</div>");
      }
      default -> element.path("items").forEach(item -> element(html, item, place));
    }
  }

  private void choices(StringBuilder html, JsonNode input, CardPlace place) {
    label(html, input, place);
    html.append("<select id=\"").append(id(input, place)).append("\" name=\"").append(text(input.path("id"))).append("\">");
    if (input.has("placeholder")) {
      html.append("<option value=\"\">").append(text(input.path("placeholder"))).append("</option>");
    }
    input.path("choices").forEach(choice ->
        html.append("<option value=\"").append(text(choice.path("value"))).append('"').append(choice.path("value").equals(input.path("value")) ? " selected" : "").append('>').append(text(choice.path("title"))).append("</option>"));
    html.append("</select>");
  }

  private static void label(StringBuilder html, JsonNode input, CardPlace place) {
    html.append("<label for=\"").append(id(input, place)).append("\">").append(text(input.path("label"))).append("</label>");
  }

  private static String id(JsonNode input, CardPlace place) {
    return text(input.path("id")) + "-" + escaped(place.activity());
  }

  private static void action(StringBuilder html, JsonNode action) {
    switch (action.path("type").asText()) {
      case "Action.OpenUrl" -> html.append("<a class=\"b\" href=\"").append(text(action.path("url"))).append("\">").append(text(action.path("title"))).append("</a>");
      case "Action.Execute" -> html.append("<button name=\"verb\" value=\"").append(text(action.path("verb"))).append("\">").append(text(action.path("title"))).append("</button>");
      default -> html.append("<!-- an action of another kind -->");
    }
  }

  private static String text(JsonNode node) {
    return escaped(node.asText());
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text);
  }
}
