/**
 * Containment: sends what a permit allows, and finds out what became of it. May import platform, evidence, assets and
 * gate. The clients are in sub-packages, one an outside service.
 */
package io.cordon.containment;
