package io.cordon.channels.teams;

/** The card may or may not have been posted. */
public final class ConnectorAmbiguous extends ConnectorException {
  ConnectorAmbiguous(String operation, String reason) {
    super(operation, "outcome unknown, " + reason);
  }
}
