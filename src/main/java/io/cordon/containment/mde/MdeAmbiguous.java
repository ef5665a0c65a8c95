package io.cordon.containment.mde;

/** A change was sent and its outcome is unknown. It must be read back before it is sent again (invariant I2). */
public final class MdeAmbiguous extends MdeException {
  public MdeAmbiguous(String operation, String reason) {
    super(operation, "outcome unknown, " + reason);
  }
}
