package io.cordon.alerts;

import java.util.Collection;
import java.util.Set;

/** Starts the playbook of a case, brings it news and knows how far it is; implemented by the playbook package, called inside the intake transaction. */
public interface PlaybookStarter {
  /** Starts receive-alert for a case that was just opened. */
  void caseOpened(String caseId);

  /** Those of these open cases on whose machine anybody still works; not the ones that only wait for a review of what was not done. */
  Set<String> working(Collection<String> caseIds);

  /** The case is graver than people were told; who is asked is asked again. What was granted or done stays. */
  void graver(String caseId);

  /** All alerts of the case were closed as false positives; what was asked is taken back. Never a release. */
  void falsePositive(String caseId);
}
