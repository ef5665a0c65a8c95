package io.cordon.channels.teams;

/** A Connector call that did not succeed; names the operation, never the card. */
public abstract sealed class ConnectorException extends RuntimeException
    permits ConnectorRejected, ConnectorThrottled, ConnectorUnavailable, ConnectorAmbiguous {
  private final String operation;

  ConnectorException(String operation, String message) {
    super("Teams " + operation + ": " + message);
    this.operation = operation;
  }

  public String operation() {
    return operation;
  }
}
