package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * One all-reduce kernel of a collective library: an algorithm with the software's costs. The
 * library takes a kernel within whose limits the message lies; of several, the fastest.
 *
 * <p>Other collectives go round the rings of these kernels.
 *
 * @param algorithm who sends what to whom
 * @param start time beyond the launch floor and the links: barriers and flags
 * @param perDevice the same for each device beyond the first
 * @param efficiency payload over what the links carry: flags beside the data, gaps between sends
 * @param leastDevices fewest devices; absent: 2
 * @param mostDevices most devices; absent: any number
 * @param from smallest message; absent: any
 * @param below messages are smaller; absent: any
 */
public record CollectiveKernel(
    CollectiveAlgorithm algorithm,
    @Measure(Dimension.SECONDS) double start,
    @Measure(Dimension.SECONDS) double perDevice,
    @Range(min = 0, max = 1, exclusive = true) double efficiency,
    @Range(min = 2) Optional<Integer> leastDevices,
    @Range(min = 2) Optional<Integer> mostDevices,
    @Measure(Dimension.BYTES) Optional<Double> from,
    @Measure(Dimension.BYTES) Optional<Double> below) {

  /** Whether the library may take it. */
  public boolean takes(final int devices, final long bytes) {
    return devices >= leastDevices.orElse(2)
        && devices <= mostDevices.orElse(Integer.MAX_VALUE)
        && bytes >= from.orElse(0.0)
        && bytes < below.orElse(Double.POSITIVE_INFINITY);
  }
}
