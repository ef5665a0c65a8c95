package io.cordon.containment.watch;

import java.util.Optional;

/** What the cases know of machines; implemented by the playbooks. */
public interface MachineCases {
  /** The open case that is about this machine. */
  Optional<String> openCaseOf(String mdeDeviceId);

  /** The machine of this case was released past Cordon: whoever holds it is asked now, in the caller's transaction. */
  void releasedPastCordon(String caseId, String mdeDeviceId);
}
