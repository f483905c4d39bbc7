package org.inferchip.trace;

/**
 * Something odd in a trace that was handled, or a transform that was applied.
 *
 * @param code such as {@code clock_reset}
 * @param count how often
 * @param text what was seen and what was done
 */
public record Note(String code, long count, String text) {}
