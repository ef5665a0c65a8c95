package io.cordon.gate;

import io.cordon.platform.people.Person;

/** Tells a waiting playbook what was decided; implemented by the playbook package, called inside the gate's transaction. */
public interface PlaybookSignals {
  /** The request ended or was put on hold by this person's answer. */
  void answered(ApprovalRequest request, Person person);

  /** The first of two agreed; it is now the second one's turn. */
  void waitsForSecond(ApprovalRequest request);

  /**
   * The last question before acting was answered.
   *
   * @return whether somebody waited for it; if not, the answer must not stand
   */
  boolean answeredAgain(ApprovalRequest request, Person person);

  /**
   * The request was taken back, whether it still waits, waits for its window or is being carried out.
   *
   * @param person of the SOC; null when it was because the alerts turned out false
   * @param falseAlarm whether there is nothing left to do; else the SOC is asked what to do instead
   */
  void withdrawn(ApprovalRequest request, Person person, boolean falseAlarm);
}
