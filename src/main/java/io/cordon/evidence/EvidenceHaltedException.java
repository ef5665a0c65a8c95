package io.cordon.evidence;

/**
 * The stored log does not continue what was signed before: a restored backup, a forked database or tampering. Nothing
 * is signed until a person has looked; every action waiting for a checkpoint keeps waiting.
 */
public final class EvidenceHaltedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EvidenceHaltedException(String message) {
    super("evidence signer halted: " + message);
  }
}
