package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * What a deployment keeps in {@link FarMemory} instead of device memory.
 *
 * @param weights share of each layer's weights, fetched anew in every step; absent: none
 * @param cache bytes of the whole system for keys and values of preempted requests, which are
 *     copied there and back instead of computed again; absent: none
 * @param spill whether weights are kept there only where they do not fit beside a cache for one
 *     long request; absent: always
 */
public record Offload(
    @Range(min = 0, max = 1) Optional<Double> weights,
    @Measure(Dimension.BYTES) Optional<Double> cache,
    Optional<Boolean> spill) {
  /** Everything in device memory. */
  public static final Offload NONE = new Offload(Optional.empty(), Optional.empty());

  /** Weights that are kept there always. */
  public Offload(final Optional<Double> weights, final Optional<Double> cache) {
    this(weights, cache, Optional.empty());
  }

  /** Share of the weights of layers. */
  public double weightShare() {
    return weights.orElse(0.0);
  }

  /** Bytes of the whole system for keys and values. */
  public double cacheBytes() {
    return cache.orElse(0.0);
  }

  /** Whether weights may be in device memory instead, if they fit. */
  public boolean spills() {
    return spill.orElse(false) && weightShare() > 0;
  }

  /** This with all weights in device memory. */
  public Offload resident() {
    return new Offload(Optional.empty(), cache);
  }

  /** Whether it is that. */
  public boolean none() {
    return weightShare() == 0 && cacheBytes() == 0;
  }

  /** This, with what it leaves open as another has it. */
  public Offload or(final Offload other) {
    return new Offload(
        weights.or(other::weights),
        cache.or(other::cache),
        weights.isPresent() ? spill : other.spill);
  }
}
