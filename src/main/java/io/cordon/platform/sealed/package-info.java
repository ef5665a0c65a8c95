/**
 * The sealed store: raw alerts and typed text, encrypted, referenced elsewhere only by salted hash. Owns the table
 * sealed_material. Imports platform.people and platform.time.
 */
package io.cordon.platform.sealed;
