/**
 * What a host is: its Arc resource, its record in Defender, the proof that both are one machine, and what can be done to
 * it. Identity is exact, never a name alone; facts have an age. Owns the table asset_proof. May import platform and
 * evidence.
 */
package io.cordon.assets;
