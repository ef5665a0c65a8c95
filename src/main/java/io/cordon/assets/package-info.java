/**
 * What a host is: its Arc resource and its identities elsewhere. Identity is exact, never a name alone. May import
 * platform and evidence.
 */
package io.cordon.assets;
