package io.cordon.playbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A form in Camunda Forms JSON: what the pages draw, and what every answer is checked against, whichever way it comes.
 * A field type it does not know is an error, never left out.
 */
public record TaskForm(List<FormField> fields) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads a form. */
  public static TaskForm parse(String form) {
    try {
      return new TaskForm(read(JSON.readTree(form)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the form cannot be read", e);
    }
  }

  /** What was given, checked; a value for a field that the form does not have is dropped. */
  public Filled filled(Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (FormField field : fields) {
      if (field.key().isEmpty()) {
        continue;
      }
      String value = Objects.requireNonNullElse(given.get(field.key()), "").strip();
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

  /** Whether the form has a field for each of these. */
  boolean hasFieldsFor(Set<String> keys) {
    return fields.stream().map(FormField::key).collect(Collectors.toSet()).containsAll(keys);
  }

  /** Whether what this field holds was written by a person and not chosen. */
  boolean isFreeText(String key) {
    return fields.stream().anyMatch(field -> field.key().equals(key) && field.isFreeText());
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
