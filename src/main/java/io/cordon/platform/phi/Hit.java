package io.cordon.platform.phi;

/** The rule that fired, never what it fired on. */
public record Hit(String rule) {}
