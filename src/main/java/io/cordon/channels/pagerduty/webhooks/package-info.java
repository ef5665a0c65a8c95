/**
 * What PagerDuty tells us about our pages. An acknowledgement means that somebody is awake and is never an approval. May import
 * platform, evidence and gate.
 */
package io.cordon.channels.pagerduty.webhooks;
