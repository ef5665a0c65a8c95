package io.cordon.alerts;

/** Starts the playbook of a case; implemented by the playbook package, called inside the intake transaction. */
public interface PlaybookStarter {
  /** Starts receive-alert for a case that was just opened. */
  void caseOpened(String caseId);
}
