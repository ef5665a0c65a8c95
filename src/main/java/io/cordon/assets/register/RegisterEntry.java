package io.cordon.assets.register;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the register says about one machine. A field that is not there says nothing.
 *
 * @param arcId the lower-case Arc resource id
 * @param revision rises with every change of the entry
 */
public record RegisterEntry(String arcId, int revision, Map<RegisterField, String> values) {
  public RegisterEntry {
    Map<RegisterField, String> copy = new EnumMap<>(RegisterField.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /** The value of a field, or null when the register says nothing. */
  public String value(RegisterField field) {
    return values.get(field);
  }
}
