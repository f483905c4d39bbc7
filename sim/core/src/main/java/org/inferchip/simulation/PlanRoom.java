package org.inferchip.simulation;

import org.inferchip.arch.Chip;
import org.inferchip.arch.FarMemory;
import org.inferchip.arch.Offload;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription;
import org.inferchip.model.Model;
import org.inferchip.model.WeightMatrix;
import org.inferchip.numerics.Format;

/** Bytes of a chip that a plan has, and what takes them. */
final class PlanRoom {
  private PlanRoom() {}

  /** Bytes of weights that do not stand in arrays, in the format of activations. */
  static long movedBytes(final Model model, final Format weights, final AnalogRoom arrays) {
    final double bits = Math.max(weights.bits(), Format.BF16.bits());
    return (long) Math.ceil(Math.max(0, model.parameters() - arrays.heldElements()) * bits / 8);
  }

  /** Bytes of one chip that weights and cache may take. */
  static double bytes(final SystemDescription system) {
    final Chip chip = system.chip();
    final double capacity =
        chip.memory().isPresent()
            ? chip.memory().get().capacity()
            : chip.shared().map(shared -> shared.capacity()).orElse(0.0);
    final Stack.Scheduler scheduler = system.stack().scheduler();
    return capacity * scheduler.memoryUtilisation() - scheduler.reserved().orElse(0.0);
  }

  /** Activations of the largest step: residual stream, and the wider of the two hidden widths. */
  static double workspace(final SystemDescription system, final Model model, final Format format) {
    final long tokens =
        Math.min(system.stack().scheduler().maxBatchedTokens(), model.maxPositionEmbeddings());
    final boolean onChip = system.chip().memory().isEmpty();
    // Chips without external memory stream activations through; they hold one tile of tokens.
    return onChip ? 0 : (double) tokens * model.hiddenSize() * 4 * format.bits() / 8;
  }

  /** Bytes of weights of a layer of mean size on one chip. */
  static double layerBytes(
      final Model model, final Format weights, final int chips, final int ranks) {
    final double all = model.layers().stream().mapToLong(layer -> layer.shape().elements()).sum();
    final double elsewhere = expertElements(model) * (1 - 1.0 / ranks);
    return (all - elsewhere) * weights.bits() / 8 / model.numHiddenLayers() / chips;
  }

  /** Bytes of a chip that are kept behind its device memory. */
  static double farBytes(final Offload offload, final double weights, final int chips) {
    return weights + offload.cacheBytes() / chips;
  }

  /** Bytes behind a chip's device memory. */
  static double farCapacity(final SystemDescription system) {
    return FarMemory.of(system).map(FarMemory::capacity).orElse(0.0);
  }

  /** Weights of all experts. */
  static double expertElements(final Model model) {
    return model.layers().stream()
        .flatMap(layer -> layer.shape().matrices().stream())
        .filter(matrix -> matrix.name().startsWith("expert_"))
        .mapToDouble(WeightMatrix::elements)
        .sum();
  }

  /** Tokens of cache that a plan has room for at least: one long request. */
  static long neededTokens(final Model model) {
    return Math.min(4096, model.maxPositionEmbeddings());
  }
}
