package io.cordon.assets;

import java.time.Instant;

/** Something that was read, and when; stale when it is too old to count and could not be read again. */
record Dated<T>(T value, Instant readAt, boolean stale) {}
