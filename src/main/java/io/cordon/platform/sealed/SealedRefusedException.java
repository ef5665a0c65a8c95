package io.cordon.platform.sealed;

/** Sealed material was not opened; the code says why and holds nothing of the material. */
public final class SealedRefusedException extends RuntimeException {
  private final String code;

  SealedRefusedException(String code) {
    super(code);
    this.code = code;
  }

  /** SEALED_UNKNOWN, SEALED_NOT_ALLOWED, SEALED_KEY_MISSING or SEALED_CHANGED. */
  public String code() {
    return code;
  }
}
