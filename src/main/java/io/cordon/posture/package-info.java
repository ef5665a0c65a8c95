/** What Cordon reads of the state of machines and of the Defender estate. It changes nothing outside. */
package io.cordon.posture;
