package io.cordon.gate.policy;

/**
 * The table that decides now.
 *
 * @param version rises by one with every table that comes into force
 * @param sha256 hex, of the file
 * @param decisionId by which the engine is asked; null when the engine has none, and then every route is the strictest
 */
public record PolicyInForce(int version, String sha256, String decisionId) {}
