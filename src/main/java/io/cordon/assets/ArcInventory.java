package io.cordon.assets;

import java.util.List;

/**
 * Looks machines up in Azure Arc by exact identity. A list longer than one is an ambiguous host, an empty one an unknown
 * host; neither may be acted on. Contract sentinel-graph-arc, sections 4.2 and 4.3.
 */
public interface ArcInventory {

  /**
   * @throws IllegalArgumentException when this is not an Arc machine id
   * @throws ArcUnavailable when the inventory gave no complete answer
   */
  List<ArcMachine> byArcId(String arcId);

  /**
   * @throws IllegalArgumentException when this is not an MDE device id (40 hex digits)
   * @throws ArcUnavailable when the inventory gave no complete answer
   */
  List<ArcMachine> byMdeDeviceId(String mdeDeviceId);
}
