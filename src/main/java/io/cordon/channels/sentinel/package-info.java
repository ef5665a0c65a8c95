/**
 * Sentinel: one comment a decision on the incident the alerts came from, and its status where the site wants that. May import
 * platform, evidence and gate.
 */
package io.cordon.channels.sentinel;
