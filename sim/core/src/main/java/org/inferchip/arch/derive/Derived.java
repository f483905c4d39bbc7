package org.inferchip.arch.derive;

import java.util.Map;
import org.inferchip.units.Quantity;

/**
 * Numbers of a chip that a law gives.
 *
 * @param citation key of their source
 * @param what the law, for readers
 * @param range in which they lie, as {@link org.inferchip.arch.Spread} reads it
 * @param numbers by key path
 */
public record Derived(String citation, String what, String range, Map<String, Quantity> numbers) {}
