package io.cordon.channels.sentinel;

/** Sentinel will not take it however often it is sent, for example because the incident is gone or has too many comments. */
public final class SentinelRejected extends RuntimeException {
  SentinelRejected(String operation, int status) {
    super("Sentinel " + operation + ": rejected with " + status);
  }
}
