package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.mapping.TestChips;
import org.inferchip.operator.Attention;
import org.inferchip.mapping.AttentionMapping;
import org.inferchip.numerics.Format;
import org.junit.jupiter.api.Test;

/** Skipped loops against loops that are simulated trip by trip, which observed runs are. */
class SteadyTest {
  private static final double TOLERANCE = 1e-4;

  private static Timing whole(final SampleRuns.Sample sample, final Chip chip) {
    return Engine.simulate(sample.on(chip), chip, Detail.FOLDED, span -> {}).timing();
  }

  @Test
  void shouldTakeTheSameTimeAsWithoutSkipping() {
    final SampleRuns runs = new SampleRuns(11);
    long events = 0;
    long all = 0;
    for (int i = 0; i < 60; i++) {
      final Chip chip = i % 4 == 3 ? runs.chip() : TestChips.gpu();
      final SampleRuns.Sample sample = i % 4 == 3 ? runs.any() : i % 2 == 0 ? runs.matMul() : runs.attention();
      final Timing whole;
      try {
      whole = whole(sample, chip);
      } catch (IllegalArgumentException e) { continue; }
      final Timing skipped = Engine.run(sample.on(chip), chip, Detail.FOLDED);
      System.err.println("EV " + whole.events() + " " + skipped.events() + " ps " + whole.makespanPicos() + " d " + (skipped.makespanPicos() - whole.makespanPicos()) + " " + sample);
      assertEquals(1, (double) skipped.makespanPicos() / whole.makespanPicos(), TOLERANCE, sample::toString);
      assertEquals(whole.counters(), skipped.counters());
      events += skipped.events();
      all += whole.events();
    }
    System.err.println("EV total " + all + " " + events);
  }
}
