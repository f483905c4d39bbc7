package org.inferchip.arch;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Power limits and floors of a chip with its memory.
 *
 * @param tdp the stated limit, watts
 * @param idle clocks gated, nothing resident, leakage included, watts
 * @param busyFloor added while work is resident on all cores, before any operation is counted,
 *     watts (clock tree, instruction supply); scaled by the share of cores in use
 * @param limit what chip and memory may draw together before the clock is lowered, watts, where it
 *     is not {@value #SUSTAINED_SHARE} of TDP (modules whose TDP covers more, or that are not held
 *     to it)
 * @param from what idle power and busy floor follow from where they are not stated; absent: both
 *     are
 */
public record Power(
    @Measure(Dimension.WATTS) @Range(min = 0, exclusive = true) double tdp,
    @Measure(Dimension.WATTS) double idle,
    @Measure(Dimension.WATTS) double busyFloor,
    @Measure(Dimension.WATTS) @Range(min = 0, exclusive = true) Optional<Double> limit,
    Optional<FloorSource> from,
    Optional<String> mode,
    Optional<Map<String, PowerMode>> modes) {

  /** Share of TDP that boards sustain when capped: H200 and B200 read .985, GB200 .97 (NVML). */
  public static final double SUSTAINED_SHARE = 0.985;

  /** Checks that there is the mode. */
  public Power {
    final Set<String> names = modes.orElse(Map.of()).keySet();
    mode.filter(name -> !names.contains(name))
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "has no mode " + name + ", " + (names.isEmpty() ? "nor any" : "but " + names));
            });
  }

  /** Of a chip that is held to its TDP. */
  public Power(final double tdp, final double idle, final double busyFloor) {
    this(
        tdp,
        idle,
        busyFloor,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Watts above which the clock is lowered. */
  public double most() {
    return limit.orElse(SUSTAINED_SHARE * tdp);
  }
}
