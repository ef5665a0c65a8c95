/**
 * Standing rules: actions that named people approved beforehand for machines on which no patient depends. Two people or
 * more make one, anybody of them ends it. Owns the tables standing_rule and standing_rule_agreement. May import platform,
 * evidence, gate.windows and nothing else of the gate.
 */
package io.cordon.gate.rules;
