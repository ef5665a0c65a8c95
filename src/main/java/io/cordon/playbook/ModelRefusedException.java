package io.cordon.playbook;

/** A model breaks a rule, so nothing is deployed; the message names file, element and what is wrong with it. */
class ModelRefusedException extends RuntimeException {
  private final String element;

  ModelRefusedException(String file, String element, String reason) {
    super("model refused: " + file + ", " + element + ": " + reason);
    this.element = element;
  }

  /** The id of the element, or its kind after that of the one around it. */
  String element() {
    return element;
  }
}
