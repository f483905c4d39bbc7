package org.inferchip.arch;

import org.inferchip.units.Range;

/**
 * Element-wise arithmetic of a core.
 *
 * @param lanes fp32 operations a cycle (a fused multiply-add counts one)
 * @param specialLanes exponentials, reciprocals and roots a cycle
 * @param latencyCycles from the last element in to the last out
 */
public record VectorUnit(
    @Range(min = 1) int lanes, @Range(min = 1) int specialLanes, int latencyCycles) {}
