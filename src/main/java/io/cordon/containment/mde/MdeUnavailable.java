package io.cordon.containment.mde;

/** MDE was not reached, or a read failed; nothing was accepted and the call may be repeated. */
public final class MdeUnavailable extends MdeException {
  public MdeUnavailable(String operation, String reason) {
    super(operation, "unavailable, " + reason);
  }
}
