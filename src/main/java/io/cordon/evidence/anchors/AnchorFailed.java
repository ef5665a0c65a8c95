package io.cordon.evidence.anchors;

/** A checkpoint could not be kept outside. The code is a word of ours, never what the store said. */
final class AnchorFailed extends RuntimeException {
  /** Something else is kept under the name: somebody wrote there, or the history is another one. */
  static final String OTHER_TEXT = "OTHER_TEXT";
  static final String NOT_REACHED = "NOT_REACHED";
  static final String NO_TOKEN = "NO_TOKEN";
  /** The container has no immutability policy, so it would keep nothing. */
  static final String NOT_IMMUTABLE = "NOT_IMMUTABLE";

  private static final long serialVersionUID = 1L;

  private final String code;

  AnchorFailed(String code) {
    super("checkpoint not anchored: " + code);
    this.code = code;
  }

  String code() {
    return code;
  }
}
