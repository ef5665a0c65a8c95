package io.cordon.evidence.anchors;

import java.time.Instant;

/**
 * A place outside the database, and the newest checkpoint it keeps.
 *
 * @param store short name of the place, such as {@code directory}
 * @param size number of entries that checkpoint covers; 0 while it keeps none
 * @param at when it was kept, UTC; null while it keeps none
 * @param late whether it is behind by more than the settings allow
 */
public record AnchorState(String store, long size, Instant at, boolean late) {}
