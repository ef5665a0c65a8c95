/**
 * The clinical gate: plans, approval requests and decisions, windows and the permit to act. Owns the tables plan,
 * plan_target, approval_request, approval_decision, approval_left_out and execution_permit. May import platform, evidence and assets.
 */
package io.cordon.gate;
