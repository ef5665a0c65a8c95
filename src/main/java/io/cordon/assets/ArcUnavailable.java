package io.cordon.assets;

/** The inventory gave no complete answer, so nothing is known about the machine. The look-up may be repeated. */
public final class ArcUnavailable extends RuntimeException {
  private final int status;

  /** @param status the HTTP status, or 0 when there was none */
  public ArcUnavailable(int status) {
    super("Azure Arc inventory gave no complete answer" + (status == 0 ? "" : " (" + status + ")"));
    this.status = status;
  }

  /** The HTTP status, or 0 when there was none. */
  public int status() {
    return status;
  }
}
