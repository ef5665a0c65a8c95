/** Messages to people and their answers. One sub-package per service. May import platform, evidence and gate. */
package io.cordon.channels;
