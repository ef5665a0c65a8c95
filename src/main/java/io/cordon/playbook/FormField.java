package io.cordon.playbook;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;

/** One field of a form; type is the Camunda Forms type, min and max are of a number or null. */
public record FormField(
    String key,
    String type,
    String label,
    String description,
    String initial,
    boolean required,
    Integer min,
    Integer max,
    int maxLength,
    List<Option> options) {
  /** A choice of a select or radio field. */
  public record Option(String value, String label) {}

  /** Few choices are shown all at once: one tap instead of three. */
  public boolean isChoice() {
    return "radio".equals(type) || ("select".equals(type) && options.size() <= 3);
  }

  /** The same field, required or not. */
  public FormField require(boolean needed) {
    return new FormField(key, type, label, description, initial, needed, min, max, maxLength, options);
  }

  /** The same question in these words. */
  public FormField labelled(String words) {
    return new FormField(key, type, words, description, initial, required, min, max, maxLength, options);
  }

  /** The same question with these choices, all shown at once. */
  public FormField choosing(List<Option> choices) {
    return new FormField(key, "radio", label, description, initial, required, min, max, maxLength, choices);
  }

  /** The same number, and no less than this. */
  public FormField atLeast(int least) {
    return new FormField(key, type, label, description, initial, required, least, max, maxLength, options);
  }

  /** Whether people write what they like here; anything else is a code of the form, a number or a time. */
  boolean isFreeText() {
    return type.startsWith("text");
  }

  /** The name of what is wrong with a value, or null; an empty value is wrong only where one is required. */
  String problemOf(String value) {
    if (value.isEmpty() || ("checkbox".equals(type) && "false".equals(value))) {
      return required ? "MISSING" : null;
    }
    if (!options.isEmpty() && options.stream().noneMatch(option -> option.value().equals(value))) {
      return "CHOICE";
    }
    if (value.length() > maxLength) {
      return "LONG";
    }
    return switch (type) {
      case "checkbox" -> "true".equals(value) ? null : "CHOICE";
      case "select", "radio" -> options.isEmpty() ? "CHOICE" : null;
      case "number" -> isInRange(value) ? null : "NUMBER";
      case "datetime" -> isTime(value) ? null : "TIME";
      default -> null;
    };
  }

  private boolean isInRange(String value) {
    try {
      int number = Integer.parseInt(value);
      return (min == null || number >= min) && (max == null || number <= max);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isTime(String value) {
    try {
      LocalDateTime.parse(value);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
