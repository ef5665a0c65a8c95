package io.cordon.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;

/** Reads Camunda Forms JSON and what was filled in. A field type it does not know is an error, never left out. */
class Forms {
  private final ObjectMapper json = new ObjectMapper();

  /** The form of the approval page, the same file the playbook's task names. */
  List<FormField> approval() {
    try (InputStream in = new ClassPathResource("forms/approve-maintenance-window.form").getInputStream()) {
      return read(json.readTree(in));
    } catch (IOException e) {
      throw new IllegalStateException("forms/approve-maintenance-window.form cannot be read", e);
    }
  }

  List<FormField> parse(String form) {
    try {
      return read(json.readTree(form));
    } catch (IOException e) {
      throw new IllegalStateException("the task's form cannot be read", e);
    }
  }

  /** The declared fields only; anything else that was posted is dropped. */
  static Filled filled(List<FormField> fields, Map<String, String> posted) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (FormField field : fields) {
      if (field.key().isEmpty()) {
        continue;
      }
      String value = posted.getOrDefault(field.key(), "").strip();
      if (!value.isEmpty()) {
        values.put(field.key(), value);
      }
      String problem = field.problemOf(value);
      if (problem != null) {
        problems.put(field.key(), problem);
      }
    }
    return new Filled(values, problems);
  }

  private static List<FormField> read(JsonNode form) {
    List<FormField> fields = new ArrayList<>();
    for (JsonNode component : form.path("components")) {
      String type = component.path("type").asText();
      if ("group".equals(type)) {
        fields.addAll(read(component));
        continue;
      }
      switch (type) {
        case "textfield", "textarea", "select", "radio", "number", "checkbox", "datetime", "text" ->
            fields.add(field(type, component));
        case "separator", "spacer", "button" -> {}
        default -> throw new IllegalStateException("the form has a field type the pages cannot draw: " + type);
      }
    }
    return fields;
  }

  private static FormField field(String type, JsonNode component) {
    JsonNode rules = component.path("validate");
    List<FormField.Option> options = new ArrayList<>();
    for (JsonNode value : component.path("values")) {
      options.add(new FormField.Option(value.path("value").asText(), value.path("label").asText()));
    }
    String label = component.path("text".equals(type) ? "text" : "label").asText();
    return new FormField(
        component.path("key").asText(""),
        type,
        label.isEmpty() ? timeLabel(component) : label,
        component.path("description").asText(""),
        component.path("defaultValue").asText(""),
        rules.path("required").asBoolean(false),
        number(rules.path("min")),
        number(rules.path("max")),
        rules.path("maxLength").asInt(4000),
        options);
  }

  /** Camunda Forms names date and time apart; a browser asks for both in one field. */
  private static String timeLabel(JsonNode component) {
    String date = component.path("dateLabel").asText("");
    String time = component.path("timeLabel").asText("");
    return date.isEmpty() || time.isEmpty() ? date + time : date + " and " + time.toLowerCase(Locale.ENGLISH);
  }

  private static Integer number(JsonNode rule) {
    return rule.isNumber() ? rule.asInt() : null;
  }
}
