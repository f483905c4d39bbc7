package org.inferchip.arch;

import java.util.Map;
import java.util.Optional;
import org.inferchip.numerics.Format;
import org.inferchip.units.Picoseconds;
import org.inferchip.units.Range;

/**
 * Weights that lie in memory in one format and are multiplied in another: kernels convert them
 * while they load. Memory moves the stored bits; the matrix unit works at the rate of the inputs'
 * format; and where the conversion has a rate of its own, or holds the loop up, a product takes no
 * less than
 *
 * <pre>  max(weights / (convert x cores x clock), operations / (rate x peak))</pre>
 *
 * <p>Known error: the energy of the conversion is not counted.
 *
 * @param inputs format of multiplication
 * @param projections formats of weights that such a file keeps in another format, by operator
 *     ({@code lm_head}); absent: the head as activations, all others alike
 * @param convert weights that a core converts in a cycle; absent: as fast as they come
 * @param rate share of the unit's full rate that products of many rows reach, each of whose tiles
 *     converts the weights anew; absent: that of other products
 */
public record StoredWeights(
    Format inputs,
    Optional<Map<String, Format>> projections,
    @Range(min = 0, exclusive = true) Optional<Double> convert,
    @Range(min = 0, max = 1, exclusive = true) Optional<Double> rate) {

  /**
   * Picoseconds that a product takes at least.
   *
   * @param weights of it
   * @param peakPicos its operations at the full rate
   */
  public long leastPicos(final long weights, final long peakPicos, final Chip chip) {
    final double cores = chip.coreCount();
    final double converted =
        convert
            .map(each -> weights / (each * cores * chip.clock()) * Picoseconds.PER_SECOND)
            .orElse(0.0);
    final double computed = rate.map(share -> peakPicos / share).orElse(0.0);
    return (long) Math.ceil(Math.max(converted, computed));
  }
}
