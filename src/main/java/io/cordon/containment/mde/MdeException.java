package io.cordon.containment.mde;

/** A call to MDE that did not give what was asked for; names the operation, never the body. */
public abstract sealed class MdeException extends RuntimeException
    permits MdeRefused, MdeThrottled, MdeUnavailable, MdeAmbiguous {
  private final String operation;

  MdeException(String operation, String message) {
    super("MDE " + operation + ": " + message);
    this.operation = operation;
  }

  public String operation() {
    return operation;
  }
}
