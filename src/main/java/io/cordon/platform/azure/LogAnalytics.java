package io.cordon.platform.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Read-only questions to a Log Analytics workspace. Contract sentinel-graph-arc, section 2.5. */
public interface LogAnalytics {

  /**
   * The rows of a query's one table, columns by name. A partial result is a failure.
   *
   * @param workspaceId a GUID
   * @throws AlertReadException when there is no complete answer
   */
  List<ObjectNode> query(String workspaceId, String kql);
}
