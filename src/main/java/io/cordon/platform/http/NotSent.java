package io.cordon.platform.http;

/** The request never left this machine, so nothing can have happened at the other end. Safe to try again. */
public final class NotSent extends RuntimeException {
  private final String service;
  private final String operation;

  NotSent(String service, String operation, Throwable cause) {
    super(service + " was not reached for " + operation + ": " + cause.getClass().getSimpleName());
    this.service = service;
    this.operation = operation;
  }

  public String service() {
    return service;
  }

  public String operation() {
    return operation;
  }
}
