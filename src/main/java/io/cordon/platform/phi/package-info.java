/**
 * The last net before anything leaves: looks for patient identifiers in outgoing messages, decoded, by rules. What is
 * sent is minimal by construction; this catches the mistake. Imports nothing of Cordon.
 */
package io.cordon.platform.phi;
