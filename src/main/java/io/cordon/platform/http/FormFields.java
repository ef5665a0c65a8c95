package io.cordon.platform.http;

import java.util.List;
import java.util.Map;

/** A request body that is sent as a form instead of JSON; a name may come twice. */
public record FormFields(List<Map.Entry<String, String>> fields) {
  public FormFields {
    fields = List.copyOf(fields);
  }
}
