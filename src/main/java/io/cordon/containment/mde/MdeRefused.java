package io.cordon.containment.mde;

/** MDE refused for good; nothing was accepted. Contract mde, section 2: the code is the contract, the text is not. */
public final class MdeRefused extends MdeException {
  private final int status;
  private final String code;
  private final String target;
  private final boolean alreadyInProgress;

  public MdeRefused(String operation, int status, String code, String target, boolean alreadyInProgress) {
    super(operation, "refused with " + status + " " + code);
    this.status = status;
    this.code = code;
    this.target = target;
    this.alreadyInProgress = alreadyInProgress;
  }

  public int status() {
    return status;
  }

  /** MDE's error code, or {@code Unknown}. */
  public String code() {
    return code;
  }

  /** The correlation id to quote to support, or an empty text. */
  public String target() {
    return target;
  }

  /** Somebody is already acting on this machine: read, reconcile, tell. Not a failure of ours. */
  public boolean alreadyInProgress() {
    return alreadyInProgress;
  }
}
