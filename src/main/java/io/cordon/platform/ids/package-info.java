/** Identifiers: short, sortable by time, safe in addresses and logs. Imports nothing of Cordon. */
package io.cordon.platform.ids;
