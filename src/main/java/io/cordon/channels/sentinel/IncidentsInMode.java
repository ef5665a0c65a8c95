package io.cordon.channels.sentinel;

import io.cordon.platform.mode.OperatingMode;
import java.util.UUID;

/** Leaves incidents alone in shadow, where a comment would tell analysts of what was never done; in a drill says that it is one. */
final class IncidentsInMode implements Incidents {
  private final Incidents incidents;
  private final OperatingMode mode;

  IncidentsInMode(Incidents incidents, OperatingMode mode) {
    this.incidents = incidents;
    this.mode = mode;
  }

  @Override
  public void comment(UUID incidentId, UUID commentId, String text) {
    if (!mode.holdsBack()) {
      incidents.comment(incidentId, commentId, mode.isMarked() ? mode + ": " + text : text);
    }
  }

  @Override
  public void activate(UUID incidentId) {
    if (!mode.holdsBack()) {
      incidents.activate(incidentId);
    }
  }
}
