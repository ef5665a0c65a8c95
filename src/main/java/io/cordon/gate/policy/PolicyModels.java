package io.cordon.gate.policy;

/** The decision engine as the policy needs it; implemented where the engine is. */
public interface PolicyModels {
  /**
   * Reads a table as the engine would.
   *
   * @throws PolicyUnusable when it is no table of the gate's policy
   */
  PolicyTable read(byte[] file);

  /** Whether the engine still has what it was given under this id. */
  boolean holds(String decisionId);

  /** Gives a table that can be read to the engine, in the caller's transaction; returns the id to ask it by. */
  String deploy(byte[] file);
}
