package org.inferchip.calibrate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.engine.Detail;
import org.inferchip.simulation.Timings;

/**
 * What was timed on chips, for all software that runs on them and all trials of a fit that leave
 * the chip as it is. The {@value #MOST} chips that were asked for last are kept: a fit of a chip's
 * own numbers makes another chip of each trial.
 */
final class SharedTimings {
  private static final int MOST = 32;

  private final Map<Chip, Timings> byChip = new LinkedHashMap<>(16, 0.75f, true);

  /** Those of a chip, programs folded. */
  Timings of(final Chip chip) {
    final Timings timings =
        byChip.computeIfAbsent(chip, unknown -> new Timings(unknown, Detail.FOLDED));
    if (byChip.size() > MOST) {
      byChip.remove(byChip.keySet().iterator().next());
    }
    return timings;
  }
}
