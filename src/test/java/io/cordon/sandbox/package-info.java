/**
 * The simulated cloud: what Cordon talks to on one machine, in tests and demonstrations. Keeps to the contracts and
 * refuses what it does not know. Lives in test sources and never ships; nothing here is a Spring component.
 */
package io.cordon.sandbox;
