package io.cordon.containment.signs;

import io.cordon.assets.ArcInventory;
import io.cordon.assets.ArcMachine;
import io.cordon.containment.signs.Signs.Arc;
import io.cordon.containment.signs.Signs.Probe;
import java.util.List;

/**
 * Whether a machine is there just now. What Defender says of its sensor is as old as a day and no proof (contract mde, section
 * 10, point 8). Its own service answering is one; so is Arc's Connected, which may be half an hour old (contract
 * sentinel-graph-arc, section 4.1): neither Defender nor Azure knows better.
 */
public class OnlineProof {
  private final ArcInventory arc;
  private final MachineLook look;

  OnlineProof(ArcInventory arc, MachineLook look) {
    this.arc = arc;
    this.look = look;
  }

  /**
   * Asks Arc, and the service where Arc does not say Connected: one that is down is often why somebody acts.
   *
   * @param arcId as the approved plan names it, or null
   * @throws io.cordon.assets.ArcUnavailable when Arc gave no complete answer
   */
  public boolean isOnline(String mdeDeviceId, String arcId) {
    List<ArcMachine> found = arcId == null ? arc.byMdeDeviceId(mdeDeviceId) : arc.byArcId(arcId);
    return found.size() == 1 && (MachineLook.connection(found.get(0)) == Arc.ARC_CONNECTED || look.probe(found.get(0)) == Probe.PROBE_ANSWERED);
  }
}
