package io.cordon.web.figures;

/** What is measured of each case that was opened in the period; those that joined another case are not counted. */
public enum Measure {
  /** The case itself; it has no length. */
  CASE,
  /** From its opening until the first card or page about it was delivered. */
  TOLD,
  /** From the first question until the first yes or no. */
  ANSWER,
  /** From its opening until the first yes or no. */
  DECIDED,
  /** From its opening until Defender first confirmed that a machine is isolated or a process stopped. */
  CONTAINED,
  /**
   * Of a case in which somebody was asked: from its opening until it was contained; or until they said no, it was taken back or
   * closed; or until now.
   */
  EXPOSED,
  /** Of each machine that Cordon isolated: until it was released, here or in the Defender portal, or until now. */
  ISOLATED
}
