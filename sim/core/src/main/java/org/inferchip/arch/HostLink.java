package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * The link between a chip and its host.
 *
 * @param kind such as {@code PCIe5 x16}
 * @param bandwidth bytes a second, one way
 * @param latency seconds, one way
 * @param efficiency share of the bandwidth that long copies from pinned memory get; absent: all
 */
public record HostLink(
    String kind,
    @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 0, exclusive = true) double bandwidth,
    @Measure(Dimension.SECONDS) double latency,
    @Range(min = 0, max = 1, exclusive = true) Optional<Double> efficiency) {}
