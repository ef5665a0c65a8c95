/**
 * Whether patients are being treated where a machine serves, as far as a FHIR server tells by counts. It informs the people
 * who decide and never grants anything. Never reads a resource.
 */
package io.cordon.gate.clearance;
