/** Tells whether a failure means that the database is away. Imports nothing of Cordon. */
package io.cordon.platform.database;
