package io.cordon.platform.azure;

/** Resource Graph gave no complete answer; carries the status only, never the query or the body. */
public final class ResourceGraphException extends RuntimeException {
  private final int status;

  ResourceGraphException(int status, String reason) {
    super("Resource Graph gave no answer: " + reason + (status == 0 ? "" : " (" + status + ")"));
    this.status = status;
  }

  /** The HTTP status, or 0 when there was none. */
  public int status() {
    return status;
  }
}
