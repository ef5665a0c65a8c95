package io.cordon.assets.register;

/**
 * A field of one machine that is to change.
 *
 * @param baseRevision revision of the entry the change was computed against
 * @param from null when the register says nothing now
 * @param to null when the register is to say nothing
 */
public record FieldChange(String arcId, RegisterField field, int baseRevision, String from, String to) {}
