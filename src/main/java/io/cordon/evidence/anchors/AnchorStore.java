package io.cordon.evidence.anchors;

/** A place outside the database where a checkpoint stays as it is. */
interface AnchorStore {
  /** Short name for metrics and for the record of what was kept, such as {@code directory}. */
  String name();

  /**
   * Keeps the text under this name. Doing it again with the same text is fine; what is there is never overwritten.
   *
   * @throws AnchorFailed when it could not be kept, or something else is there under this name
   */
  void keep(String name, byte[] text);
}
