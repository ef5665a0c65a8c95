package io.cordon.containment.watch;

import java.util.Optional;

/** What the cases know of machines; implemented by the playbooks. */
public interface MachineCases {
  /** Whether this case is open. */
  boolean isOpen(String caseId);

  /** The open case that is about this machine. */
  Optional<String> openCaseOf(String mdeDeviceId);

  /**
   * Opens a case for a machine that somebody isolated past Cordon, as an alert about it would: from then on the isolation has an
   * owner, a task and a deadline. A second call with the same id finds the first case again. In a transaction of its own.
   *
   * @param alertId of the action, or one made of it when the case of the action is over
   */
  String openCaseFor(String alertId, String mdeDeviceId);

  /** The machine of this case was released past Cordon: whoever holds it is asked now, in the caller's transaction. */
  void releasedPastCordon(String caseId, String mdeDeviceId);
}
