package org.inferchip.simulation;

import org.inferchip.arch.Chip;
import org.inferchip.numerics.Format;
import org.inferchip.simulation.StepLayout.Item;
import org.inferchip.units.Picoseconds;

/**
 * Two half batches of a decoding step in turns: while one is in attention on the fixed-function
 * units, the other is in all else on the matrix and vector units. With g and a the time of a half
 * in a layer outside of and in attention, and m the time that the external memory takes for both,
 *
 * <pre>
 *   slot = max(g, a, m)      step = (2 layers + 1) slot + what is outside of the layers
 * </pre>
 *
 * since in a slot each half does one of the two, and the second half begins a slot later. Weights
 * are read for each half: where memory binds nothing is gained, and the step stays whole. Offered
 * by the stack ({@code interleave}), on one stage, where attention has units of its own.
 *
 * <p>Known error: units do not slow each other but for the memory; slots of a layer are equal.
 */
final class Interleaving {
  private final Plan plan;
  private final StepLayout layout;
  private final boolean offered;

  Interleaving(final Plan plan, final StepLayout layout) {
    this.plan = plan;
    this.layout = layout;
    final Chip chip = plan.system().chip();
    offered =
        plan.system().stack().scheduler().interleave().orElse(false)
            && plan.pipelineParallel() == 1
            && chip.memory().isPresent()
            && fits(chip);
  }

  private boolean fits(final Chip chip) {
    final int size = plan.model().headDim();
    final Format format = Format.multiplied(plan.numbers().activations(), plan.cache());
    return chip.cores().stream()
        .flatMap(group -> group.attention().stream())
        .anyMatch(unit -> unit.misfit(size, size, format).isEmpty());
  }

  /** Whether a step may go in halves. */
  boolean takes(final StepBatch batch) {
    return offered && batch.chunks() == 0 && batch.decodes() > 1;
  }

  /**
   * Device time of a step in halves, picoseconds.
   *
   * @param half cost of the larger half
   * @param whole cost of the step in one
   */
  double picos(final double[] half, final double[] whole) {
    final int layers = plan.model().numHiddenLayers();
    final int attention = layout.operators().indexOf("attention_decode");
    final double a = half[layout.index(attention, Item.LATENCY)] / layers;
    final double g = half[layout.layers()] / layers - a;
    double bytes = 0;
    for (int i = 0; i < layout.operators().size(); i++) {
      if (!layout.operators().get(i).equals("lm_head")) {
        bytes += half[layout.index(i, Item.BYTES)];
      }
    }
    final double rate =
        plan.system().chip().memory().map(m -> m.bandwidth() * m.efficiency()).orElseThrow()
            * plan.tensorParallel();
    final double m = bytes / layers / rate * Picoseconds.PER_SECOND;
    return (2 * layers + 1) * Math.max(Math.max(g, a), m) + whole[layout.outside()];
  }
}
