/** Instants as the database takes them, and whether its clock agrees with ours. Imports nothing of Cordon. */
package io.cordon.platform.time;
