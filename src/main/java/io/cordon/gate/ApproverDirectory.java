package io.cordon.gate;

import io.cordon.platform.people.Person;

/**
 * Says who may answer for a clinical service now: by app role and by the Entra group of the service's approvers. Asked
 * whenever somebody answers and never remembered, since a role that was taken away must count at once. Asks outside, so
 * it is called before a transaction and not within one.
 */
public interface ApproverDirectory {
  /**
   * What counts of this person for this clinical service.
   *
   * @param person as their token or the channel names them
   * @param clinicalService such as PACS; one without a configured group has no approvers of its own
   */
  Standing standing(Person person, String clinicalService);
}
