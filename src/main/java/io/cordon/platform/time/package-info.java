/** Instants as the database takes them. Imports nothing of Cordon. */
package io.cordon.platform.time;
