/**
 * Keeps signed checkpoints outside the database, where its administrator cannot change them: a directory that is written
 * once, an immutable container of Azure Blob Storage.
 */
package io.cordon.evidence.anchors;
