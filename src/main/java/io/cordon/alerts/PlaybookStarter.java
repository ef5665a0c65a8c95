package io.cordon.alerts;

/** Starts the playbook of a case and brings it news; implemented by the playbook package, called inside the intake transaction. */
public interface PlaybookStarter {
  /** Starts receive-alert for a case that was just opened. */
  void caseOpened(String caseId);

  /** The case is graver than people were told; who is asked is asked again. What was granted or done stays. */
  void graver(String caseId);

  /** All alerts of the case were closed as false positives; what was asked is taken back. Never a release. */
  void falsePositive(String caseId);
}
