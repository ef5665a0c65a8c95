package io.cordon.web.console;

import java.util.List;

/** One field of a form as the pages draw it; type is the Camunda Forms type. */
record FormField(
    String key,
    String type,
    String label,
    String description,
    String initial,
    boolean required,
    String min,
    String max,
    List<Option> options) {
  /** A choice of a select or radio field. */
  record Option(String value, String label) {}
}
