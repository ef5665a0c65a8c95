/**
 * The policy: what it looks at, what it answers, which answer is stricter, and how a site changes its table. Everything but
 * the book of tables is a pure function. Owns the table policy_table. May import platform and evidence.
 */
package io.cordon.gate.policy;
