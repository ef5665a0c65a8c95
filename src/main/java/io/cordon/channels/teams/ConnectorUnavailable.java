package io.cordon.channels.teams;

/** Teams was not reached, or a replacement failed on the way; the call may be repeated. */
public final class ConnectorUnavailable extends ConnectorException {
  ConnectorUnavailable(String operation, String reason) {
    super(operation, "unavailable, " + reason);
  }
}
