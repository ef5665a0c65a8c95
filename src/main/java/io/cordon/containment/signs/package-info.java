/**
 * Looks at a machine from other sides after Defender said that it was isolated or released: what Arc, the sensor and its own
 * service show. A person is asked when that does not fit; nothing is ever done by itself.
 */
package io.cordon.containment.signs;
