package io.cordon.alerts;

/** Starts the playbook of a case, brings it news and knows how far it is; implemented by the playbook package, called inside the intake transaction. */
public interface PlaybookStarter {
  /** Starts receive-alert for a case that was just opened. */
  void caseOpened(String caseId);

  /** Whether anybody still works on the machine of this open case; false when it only waits for a review of what was not done. */
  boolean works(String caseId);

  /** The case is graver than people were told; who is asked is asked again. What was granted or done stays. */
  void graver(String caseId);

  /** All alerts of the case were closed as false positives; what was asked is taken back. Never a release. */
  void falsePositive(String caseId);
}
