package org.inferchip.arch;

import java.util.List;
import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * A mode in which a chip may be run: fewer cores, slower clocks, a lower limit. What a mode leaves
 * out stays as the chip has it or follows ({@code arch.derive.ModeLaw}).
 *
 * @param tdp the limit, watts
 * @param clock absent: the chip's; the limit alone may lower it
 * @param cores in use, by group; absent: all
 * @param memoryBandwidth of the external memory; absent: the chip's
 * @param idle watts; absent: the chip's
 * @param busyFloor watts; absent: the chip's by cores, clock and voltage
 * @param limit at which the clock is lowered, watts; absent: {@link Power#SUSTAINED_SHARE} of TDP
 * @param voltage as a share of the chip's; absent: the chip's, which is pessimistic at slow clocks
 */
public record PowerMode(
    @Measure(Dimension.WATTS) @Range(min = 0, exclusive = true) double tdp,
    @Measure(Dimension.HERTZ) @Range(min = 0, exclusive = true) Optional<Double> clock,
    @Range(min = 1) Optional<List<Integer>> cores,
    @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 0, exclusive = true)
        Optional<Double> memoryBandwidth,
    @Measure(Dimension.WATTS) Optional<Double> idle,
    @Measure(Dimension.WATTS) Optional<Double> busyFloor,
    @Measure(Dimension.WATTS) @Range(min = 0, exclusive = true) Optional<Double> limit,
    @Range(min = 0, max = 1, exclusive = true) Optional<Double> voltage) {}
