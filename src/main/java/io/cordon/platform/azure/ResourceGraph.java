package io.cordon.platform.azure;

import java.util.List;
import java.util.Map;

/** Read-only questions to Azure Resource Graph. Contract sentinel-graph-arc, section 4.2. */
public interface ResourceGraph {

  /**
   * The rows of one query, at most {@code max} (up to 1000). An answer that was cut short is a failure, since a missing
   * row must not read as a missing machine.
   *
   * @throws ResourceGraphException when there is no complete answer
   */
  List<Map<String, Object>> query(List<String> subscriptions, String kql, int max);
}
