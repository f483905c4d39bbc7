package org.inferchip.engine;

import org.inferchip.arch.AttentionUnit;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.SharedMemory;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Home;
import org.inferchip.program.TileProgram;
import org.inferchip.units.Picoseconds;

/**
 * Times that no schedule of an operator can beat, from the operator and the chip's stated rates.
 *
 * <ul>
 *   <li>Compute: two operations a multiply-accumulate at the larger of the stated peak of the input
 *       format (the wider of the two operands) and units x rate x clock. Element-wise work counts
 *       nothing.
 *   <li>Memory: compulsory bytes of tensors whose home is the external memory at its stated peak;
 *       or all compulsory bytes at the stated bandwidth of the shared memory, if that takes longer.
 *       Tensors in cache or on chip cost the external memory nothing, and are taken off whole (of
 *       warm ones their warm share), so that the bound errs to the low side.
 *   <li>Link: compulsory bytes of a collective out of the busiest device at its stated bandwidth,
 *       those with reduction in the switches where they can.
 * </ul>
 *
 * <p>All devices of the program share the work.
 */
final class LowerBounds {
  private LowerBounds() {}

  static Bounds of(final TileProgram program, final Chip chip, final long upper) {
    return new Bounds(compute(program, chip), memory(program, chip), link(program, chip), upper);
  }

  private static long compute(final TileProgram program, final Chip chip) {
    final Operator operator = program.operator();
    final Format format = inputFormat(operator);
    if (format == null) {
      return 0;
    }
    double units = 0;
    for (final CoreGroup group : chip.cores()) {
      final double rate = group.matrix().macsPerSecond(format, chip.clock());
      units += 2.0 * rate * group.matrix().arrays() * group.count();
    }
    final double dense = chip.peak().getOrDefault(format.dense(), 0.0);
    final double peak =
        Math.max(units, chip.peak().getOrDefault(format, dense))
            + (operator instanceof Attention ? attention(chip, format) : 0);
    return picos(2.0 * operator.multiplyAccumulates(), peak * program.placement().devices());
  }

  /** Operations a second of attention units, which may do what matrix units need not. */
  private static double attention(final Chip chip, final Format format) {
    double rate = 0;
    for (final CoreGroup group : chip.cores()) {
      if (group.attention().isPresent()) {
        final AttentionUnit unit = group.attention().get();
        final int macs =
            unit.scoreMacs().getOrDefault(format, 0) + unit.valueMacs().getOrDefault(format, 0);
        rate += 2.0 * macs * unit.count() * group.count() * chip.clock();
      }
    }
    return rate;
  }

  private static Format inputFormat(final Operator operator) {
    if (operator instanceof final MatMul matMul) {
      return matMul.multiplied();
    }
    if (operator instanceof final Attention attention) {
      return Format.multiplied(attention.activation(), attention.cache());
    }
    return null;
  }

  private static long memory(final TileProgram program, final Chip chip) {
    final Operator operator = program.operator();
    long read = operator.compulsoryReadBytes();
    long write = operator.compulsoryWriteBytes();
    final int devices = program.placement().devices();
    final double sharedRate = chip.shared().map(SharedMemory::bandwidth).orElse(0.0);
    final double resident =
        program.tensors().stream()
            .filter(tensor -> tensor.home() == Home.CELLS)
            .mapToDouble(TensorRef::bytes)
            .sum();
    final long shared = picos((double) read + write - resident, sharedRate * devices);
    for (final TensorRef tensor : program.tensors()) {
      final long spared =
          tensor.home() == Home.MEMORY
              ? tensor.bytes() - tensor.coldBytes(tensor.bytes())
              : tensor.bytes();
      switch (tensor.role()) {
        case OUTPUT, SUM -> write -= spared;
        case WORKSPACE, STATISTICS -> {}
        default -> read -= spared;
      }
    }
    final double memoryRate = chip.memory().map(ExternalMemory::bandwidth).orElse(0.0);
    final double bytes = (double) Math.max(0, read) + Math.max(0, write);
    return Math.max(shared, picos(bytes, memoryRate * devices));
  }

  private static long link(final TileProgram program, final Chip chip) {
    if (program.operator() instanceof final Collective collective && collective.devices() > 1) {
      final double rate = chip.scaleUp().map(ScaleUp::bandwidth).orElse(0.0);
      final boolean reducing = chip.scaleUp().map(ScaleUp::reducing).orElse(false);
      return picos(reducing ? collective.reducedLinkBytes() : collective.busiestLinkBytes(), rate);
    }
    return 0;
  }

  /** Time for an amount at a rate, rounded down; 0 if there is no rate. */
  private static long picos(final double amount, final double perSecond) {
    return perSecond > 0 ? (long) (amount / perSecond * Picoseconds.PER_SECOND * (1 - 1e-9)) : 0;
  }
}
