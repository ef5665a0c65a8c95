package io.cordon.platform.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** Advanced hunting in Defender's tables, read-only. Contract sentinel-graph-arc, section 6: 45 calls a minute and tenant, 100,000 rows. */
public interface Hunting {

  /**
   * The rows of a query over this span of time, columns by name.
   *
   * @param kql made of literals and checked ids alone; there is no parameter binding
   * @throws HuntFailed when there is no complete answer
   */
  List<ObjectNode> run(String kql, Instant from, Instant to);
}
