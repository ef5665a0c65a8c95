package io.cordon.channels.teams;

/** Teams refused the card for good, for example because the app is not installed in the team. A person must look. */
public final class ConnectorRejected extends ConnectorException {
  private final int status;
  private final String code;

  public ConnectorRejected(String operation, int status, String code) {
    super(operation, "rejected with " + status + " " + code);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status, or 0 when the call was not made. */
  public int status() {
    return status;
  }

  /** The Connector's error code, or {@code Unknown}. */
  public String code() {
    return code;
  }
}
