/**
 * Microsoft Defender for Endpoint: machines and machine actions (isolate, release, cancel, read). Decides nothing: who
 * may act is settled before a call gets here. May import platform, evidence, assets and gate.
 */
package io.cordon.containment.mde;
