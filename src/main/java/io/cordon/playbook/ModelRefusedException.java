package io.cordon.playbook;

/** A model breaks a rule, so nothing is deployed; the message names file, element and what is wrong with it. */
class ModelRefusedException extends RuntimeException {
  ModelRefusedException(String file, String element, String reason) {
    super("model refused: " + file + ", " + element + ": " + reason);
  }
}
