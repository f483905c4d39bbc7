package org.inferchip.model;

import org.inferchip.units.Range;

/**
 * Experts in groups of equal size, of which a token first chooses some, and then its experts among
 * theirs (DeepSeek-V3: a group for each node that serves).
 *
 * @param count groups
 * @param perToken groups that a token's experts may be of
 */
public record ExpertGroups(
    @Range(min = 1, max = 4096) int count, @Range(min = 1, max = 4096) int perToken) {}
