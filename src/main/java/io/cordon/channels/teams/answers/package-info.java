/**
 * What comes back from Teams: who the Connector's token is from, what was pressed on which card and by whom. Every answer ends
 * in the gate's decision service; nothing is decided here. May import platform, evidence and gate.
 */
package io.cordon.channels.teams.answers;
