/**
 * PagerDuty: pages people and resolves the page when the question is settled. An acknowledgement is never an approval.
 * May import platform, evidence and gate.
 */
package io.cordon.channels.pagerduty;
