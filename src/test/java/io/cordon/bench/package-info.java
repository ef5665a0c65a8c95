/** Measurements against a yardstick of the same run; run by hand, never as a test. */
package io.cordon.bench;
