package io.cordon.platform.http;

/** The request may have arrived and no answer came. Read back before repeating it. */
public final class AmbiguousSend extends RuntimeException {
  private final String service;
  private final String operation;

  AmbiguousSend(String service, String operation, Throwable cause) {
    super(service + " did not answer " + operation + ": " + cause.getClass().getSimpleName());
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
