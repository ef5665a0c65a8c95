package io.cordon.containment.signs;

import io.cordon.containment.signs.Signs.Arc;
import io.cordon.containment.signs.Signs.Probe;

/**
 * Whether a machine is there just now. What Defender says of its sensor is as old as a day and no proof (contract mde, section
 * 10, point 8). Its own service answering is one; so is Arc's Connected, which may be half an hour old (contract
 * sentinel-graph-arc, section 4.1): neither Defender nor Azure knows better.
 */
public class OnlineProof {
  private final MachineLook look;

  OnlineProof(MachineLook look) {
    this.look = look;
  }

  /**
   * Asks Arc, and the service where Arc does not say Connected: one that is down is often why somebody acts.
   *
   * @param arcId as the approved plan names it, or null
   * @throws io.cordon.assets.ArcUnavailable when Arc gave no complete answer
   */
  public boolean isOnline(String mdeDeviceId, String arcId) {
    return look.server(mdeDeviceId, arcId)
        .filter(server -> MachineLook.connection(server) == Arc.ARC_CONNECTED || look.probe(server) == Probe.PROBE_ANSWERED)
        .isPresent();
  }
}
