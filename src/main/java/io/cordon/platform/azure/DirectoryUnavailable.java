package io.cordon.platform.azure;

/** Graph did not say who somebody is. The reason is a code of ours, never an answer's text. */
public final class DirectoryUnavailable extends RuntimeException {
  private final String reason;

  public DirectoryUnavailable(String reason) {
    super("the directory could not be asked: " + reason);
    this.reason = reason;
  }

  /** NO_TOKEN, NO_ANSWER, UNREADABLE or STATUS_ and the number. */
  public String reason() {
    return reason;
  }
}
