package io.cordon.alerts;

/** The request body as a whole cannot be taken: MALFORMED_JSON, WRONG_SHAPE or TOO_LARGE. Never holds the input. */
public class UnreadableAlertException extends RuntimeException {
  private final String code;

  UnreadableAlertException(String code) {
    super(code);
    this.code = code;
  }

  /** MALFORMED_JSON, WRONG_SHAPE or TOO_LARGE. */
  public String code() {
    return code;
  }
}
