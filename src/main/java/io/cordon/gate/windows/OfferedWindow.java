package io.cordon.gate.windows;

/**
 * A window the calendar offers, cut to what an approval may say.
 *
 * @param open whether it has begun; approving it then means from now on
 */
public record OfferedWindow(String key, TimeSpan span, boolean open) {}
