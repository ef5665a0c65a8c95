package io.cordon.gate;

import java.time.Instant;

/**
 * The right to send one action to one machine once, now. Only the gate makes one, and only in the moment in which
 * everything it depends on was checked (invariant I1); nothing that sends takes anything less.
 */
public final class ExecutionPermit {
  private final String id;
  private final String mdeDeviceId;
  private final String token;
  private final Instant notAfter;
  private final Instant sendBefore;

  ExecutionPermit(String id, String mdeDeviceId, String token, Instant notAfter, Instant sendBefore) {
    this.id = id;
    this.mdeDeviceId = mdeDeviceId;
    this.token = token;
    this.notAfter = notAfter;
    this.sendBefore = sendBefore;
  }

  /** The permit's id. */
  public String id() {
    return id;
  }

  /** The machine, 40 hex digits. */
  public String mdeDeviceId() {
    return mdeDeviceId;
  }

  /** The text by which the action is found again at Defender; starts every comment. */
  public String token() {
    return token;
  }

  /** When the window closes; UTC. */
  public Instant notAfter() {
    return notAfter;
  }

  /**
   * By when the call must have begun; UTC. A sender that was held up longer must leave it, because somebody else may have
   * found meanwhile that nothing arrived, and send again (invariant I2).
   */
  public Instant sendBefore() {
    return sendBefore;
  }
}
