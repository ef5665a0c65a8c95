/** Looks into Defender's tables around an action, for the change record: counts are evidence, rows are sealed. */
package io.cordon.posture.hunts;
