package io.cordon.containment.signs;

/** Tells a person that a machine is not as it should be; implemented by the playbooks. Outside calls: never in a transaction. */
public interface SignsPager {
  /**
   * Pages for a machine of this case; asking again wakes nobody twice.
   *
   * @param permitId of the isolation or release after which it is so
   * @param released whether it was released, otherwise isolated
   * @param verdict CONTRADICTED, UNHEALTHY or NOT_SEEN
   */
  void raise(String caseId, String permitId, boolean released, String verdict);

  /** All machines of the case are as they should be by now. */
  void takeBack(String caseId);
}
