/**
 * Teams: the approval card and the Bot Connector calls that post and replace it. A card carries no patient data and no
 * decision; deciding happens in gate. May import platform, evidence and gate.
 */
package io.cordon.channels.teams;
