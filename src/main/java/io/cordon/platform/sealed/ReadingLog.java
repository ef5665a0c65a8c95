package io.cordon.platform.sealed;

import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;

/** Where every reading of sealed material is written down; a reading that cannot be written down does not happen. */
public interface ReadingLog {
  /** Records, in the caller's transaction, who opens what as which role and why. */
  void opens(Person person, Role as, ReadingReason why, SealedItem what);
}
