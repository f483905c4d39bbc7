package org.inferchip.calibrate;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.SharedMemory;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Picoseconds;
import org.inferchip.units.Range;

/**
 * How a collector of matrix products repeats one: with C copies of the weights and of the result in
 * turn, and always the same input. What of them is in the cache when a repetition starts:
 *
 * <pre>
 *   h(a) = clip(2 a - 1, 0, 1)       U = usable capacity, W, X, Y = bytes of weights, input, result
 *   weights h((U - X - Y/2) / (C W))  input h((U - Y/2) / (X + W))  result h((U - X) / (C (Y + W)))
 * </pre>
 *
 * <p>Source: a fit to measured products, in which the slope of h is not identified. It says nothing
 * of serving, where other layers come between two uses of a weight.
 *
 * @param copies of the weights; 0: none are repeated, everything is as in serving
 * @param untilFull whether fewer are taken if fewer fill the cache's stated capacity
 * @param runs how often each copy is run before a rest; 0: without end, as in serving
 * @param powered seconds that a stretch of runs takes at least where the board's power is read too
 * @param switching energy of a matrix operation on the collector's data, of that which the chip
 *     states: weights that are all the same switch fewer transistors than random ones; absent: 1
 * @param longest reduction of the collector's longest inputs, where its weights are memory that
 *     nobody wrote: what random inputs of as many rows have left there switches as random weights
 *     do; absent: no such memory
 */
record Rotation(
    @Range(min = 0) int copies,
    boolean untilFull,
    @Range(min = 0) int runs,
    @Measure(Dimension.SECONDS) double powered,
    @Range(min = 0, max = 2) Optional<Double> switching,
    @Range(min = 1) Optional<Integer> longest) {

  /** Nothing is repeated: everything is as in serving. */
  static final Rotation NONE = new Rotation(0, false, 0, 0, Optional.empty(), Optional.empty());

  Warmth of(final MatMul product, final Chip chip) {
    final Optional<SharedMemory> cache =
        chip.shared().filter(shared -> shared.managed() == SharedMemory.Managed.HARDWARE);
    if (copies == 0 || cache.isEmpty()) {
      return Warmth.COLD;
    }
    final double w = bytes(product);
    final double x = product.activation().bytes((long) product.m() * product.k());
    final double y = product.output().bytes((long) product.m() * product.n());
    final double c = copies(product, cache.get());
    final double usable = cache.get().capacity() * cache.get().usable();
    return new Warmth(
        Map.of(
            Role.WEIGHT, hit((usable - x - y / 2) / (c * w)),
            Role.INPUT, hit((usable - y / 2) / (x + w)),
            Role.OUTPUT, hit((usable - x) / (c * (y + w)))));
  }

  /** The same of element-wise work, whose input is read and whose result written by each call. */
  Warmth of(final Elementwise rows, final Chip chip) {
    final Optional<SharedMemory> cache =
        chip.shared().filter(shared -> shared.managed() == SharedMemory.Managed.HARDWARE);
    if (copies == 0 || cache.isEmpty()) {
      return Warmth.COLD;
    }
    final double x = rows.compulsoryReadBytes();
    final double y = rows.compulsoryWriteBytes();
    final double usable = cache.get().capacity() * cache.get().usable();
    return new Warmth(
        Map.of(
            Role.INPUT, hit((usable - y / 2) / x), Role.OUTPUT, hit((usable - x) / (copies * y))));
  }

  /** Seconds for which a product of a latency is run before a rest. */
  double stretch(
      final MatMul product, final Chip chip, final long latencyPicos, final boolean watts) {
    final double c =
        Math.max(1, chip.shared().map(cache -> copies(product, cache)).orElse((double) copies));
    final double once = stretch(latencyPicos);
    return runs == 0 ? once : Math.max(watts ? powered : 0, once * c);
  }

  /** Seconds for which a call without copies is run before a rest. */
  double stretch(final long latencyPicos) {
    return runs == 0 ? Double.POSITIVE_INFINITY : runs * latencyPicos / Picoseconds.PER_SECOND;
  }

  /**
   * Energy of a matrix operation on these data, of that on random ones: {@code switching} for the
   * weights that are all the same, 1 for the share of them that stands in inputs' old memory, at
   * most rows x {@code longest} elements in all copies.
   */
  double switching(final MatMul product) {
    final double same = switching.orElse(1.0);
    final double weights = (double) copies * product.groups() * product.n() * product.k();
    final double old = longest.map(k -> (double) product.m() * k / weights).orElse(0.0);
    return same + (1 - same) * Math.min(1, old);
  }

  private double copies(final MatMul product, final SharedMemory cache) {
    if (!untilFull) {
      return copies;
    }
    final double full = Math.ceil(cache.capacity() / bytes(product));
    return Math.min(copies, Math.max(1, full));
  }

  private static double bytes(final MatMul product) {
    return product.weight().bytes((long) product.groups() * product.n() * product.k());
  }

  /** Share that hits of what takes so much of the cache: see above. */
  static double hit(final double share) {
    return Math.min(1, Math.max(0, 2 * share - 1));
  }
}
