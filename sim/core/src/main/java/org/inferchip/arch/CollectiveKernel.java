package org.inferchip.arch;

import java.util.List;
import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * One kernel of a collective library: an algorithm with the software's costs. The library takes a
 * kernel within whose limits the message lies; of several, the fastest.
 *
 * <p>A kernel that does not say what it exchanges is one of an all-reduce; collectives for which
 * the library has none go round the rings of the all-reduces.
 *
 * @param algorithm who sends what to whom
 * @param start time beyond the launch floor and the links: barriers and flags
 * @param perDevice the same for each device beyond the first
 * @param efficiency payload over what the links carry: flags beside the data, gaps between sends
 * @param leastDevices fewest devices; absent: 2
 * @param mostDevices most devices; absent: any number
 * @param from smallest message; absent: any
 * @param below messages are smaller; absent: any
 * @param exchanges what it exchanges; absent: an all-reduce
 * @param packet bytes of the messages into which it cuts parts, so that hops overlap; absent: as
 *     large as buffers allow
 * @param pace bytes a second at which the code of a device puts its own data on the way to one
 *     neighbour or destination; absent: as the links take them
 * @param norms whether an all-reduce also adds the residual and norms the sum; absent: no
 */
public record CollectiveKernel(
    CollectiveAlgorithm algorithm,
    @Measure(Dimension.SECONDS) double start,
    @Measure(Dimension.SECONDS) double perDevice,
    @Range(min = 0, max = 1, exclusive = true) double efficiency,
    @Range(min = 2) Optional<Integer> leastDevices,
    @Range(min = 2) Optional<Integer> mostDevices,
    @Measure(Dimension.BYTES) Optional<Double> from,
    @Measure(Dimension.BYTES) Optional<Double> below,
    Optional<List<Exchange>> exchanges,
    @Measure(Dimension.BYTES) @Range(min = 64) Optional<Double> packet,
    @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 1e6) Optional<Double> pace,
    Optional<Boolean> norms) {

  /** Whether it is made for an exchange. */
  public boolean exchanges(final Exchange exchange) {
    return exchanges.map(all -> all.contains(exchange)).orElse(exchange == Exchange.ALL_REDUCE);
  }

  /** Whether the library may take it. */
  public boolean takes(final int devices, final long bytes) {
    return devices >= leastDevices.orElse(2)
        && devices <= mostDevices.orElse(Integer.MAX_VALUE)
        && bytes >= from.orElse(0.0)
        && bytes < below.orElse(Double.POSITIVE_INFINITY);
  }
}
