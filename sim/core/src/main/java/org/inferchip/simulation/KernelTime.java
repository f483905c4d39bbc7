package org.inferchip.simulation;

import java.util.Optional;
import java.util.function.ToLongBiFunction;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Quantize;
import org.inferchip.arch.RowKernel;
import org.inferchip.arch.RowWork;
import org.inferchip.arch.Sections;
import org.inferchip.arch.Stack;
import org.inferchip.mapping.AttentionRules;
import org.inferchip.mapping.Mapping;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Warmth;
import org.inferchip.units.Picoseconds;

/**
 * What an operator takes beside its program, since a software stack's kernels do it:
 *
 * <pre>
 *   latency = program + max(launch, pace - program) - hidden
 *   pace    = max(least of the kernel, launch + conversion of stored weights)
 * </pre>
 *
 * and its lower bound alone where another kernel does it as rows pass.
 */
final class KernelTime {
  private final Chip chip;
  private final Stack stack;
  private final ToLongBiFunction<Elementwise, Warmth> parts;

  /**
   * Times of a stack's kernels on a chip.
   *
   * @param parts what one of several kernels of element-wise work takes by itself
   */
  KernelTime(
      final Chip chip, final Stack stack, final ToLongBiFunction<Elementwise, Warmth> parts) {
    this.chip = chip;
    this.stack = stack;
    this.parts = parts;
  }

  /** The launch floor, and that of a group of products. */
  long launchPicos(final Operator operator, final Mapping mapping, final long makespanPicos) {
    return ownLaunchPicos(operator, mapping, makespanPicos) + groupedPicos(operator);
  }

  /**
   * Less than this no call takes.
   *
   * @param launchPicos its launch floor
   * @param peakPicos time of its arithmetic at the peak
   */
  long leastPicos(final Operator operator, final long launchPicos, final long peakPicos) {
    final double seconds =
        rowKernel(operator).flatMap(RowKernel::pace).orElse(stack.launch().pace().orElse(0.0));
    return Math.max(Picoseconds.of(seconds), launchPicos + convertPicos(operator, peakPicos));
  }

  /** Whether element-wise work is done as its rows pass, by the kernel before or on their way. */
  boolean isFused(final Operator operator) {
    if (!(operator instanceof final Elementwise rows)) {
      return false;
    }
    final RowWork work = RowWork.valueOf(rows.kind().name());
    return stack.sections().map(all -> all.passing().contains(work)).orElse(false)
        || work == RowWork.QUANTIZE && quantize(rows).flatMap(Quantize::fused).orElse(false);
  }

  /** Latency of a product's first load that is hidden since its weights come ahead. */
  long hiddenPicos(final Operator operator, final long makespanPicos, final long least) {
    final boolean ahead = stack.sections().map(Sections::weightsAhead).orElse(false);
    return ahead && operator instanceof MatMul
        ? Math.max(0, Math.min(RowKernel.latencyPicos(chip), makespanPicos - least))
        : 0;
  }

  private Optional<RowKernel> rowKernel(final Operator operator) {
    return operator instanceof final Elementwise rows
        ? stack.elementwise().map(all -> all.get(RowWork.valueOf(rows.kind().name())))
        : Optional.empty();
  }

  private Optional<Quantize> quantize(final Elementwise rows) {
    return stack.matmul().quantize(rows.output(), rows.parameter());
  }

  private long groupedPicos(final Operator operator) {
    return operator instanceof final MatMul product
        ? stack.matmul().groupedPicos(product.multiplied(), product.experts())
        : 0;
  }

  private long convertPicos(final Operator operator, final long peakPicos) {
    return operator instanceof final MatMul product
        ? stack
            .stored(product.weight())
            .map(
                one ->
                    one.leastPicos(
                        (long) product.groups() * product.n() * product.k(), peakPicos, chip))
            .orElse(0L)
        : 0;
  }

  private long ownLaunchPicos(
      final Operator operator, final Mapping mapping, final long makespanPicos) {
    if (operator instanceof final Elementwise rows) {
      return rowLaunchPicos(rows, makespanPicos);
    }
    final Stack.Launch launch = stack.launch();
    final double seconds;
    if (operator instanceof MatMul) {
      seconds = launch.matmul();
    } else if (operator instanceof final Attention attention) {
      seconds = AttentionRules.launchSeconds(attention, chip, stack, mapping);
    } else if (operator instanceof Collective) {
      seconds = launch.collective();
    } else {
      throw new IllegalArgumentException("no launch floor of " + operator);
    }
    return Picoseconds.of(seconds);
  }

  private long rowLaunchPicos(final Elementwise rows, final long makespanPicos) {
    final Optional<Quantize> quantize =
        rows.kind() == Elementwise.Kind.QUANTIZE ? quantize(rows) : Optional.empty();
    if (quantize.isPresent()) {
      return quantize
          .get()
          .beyondPicos(
              makespanPicos,
              rows.rows(),
              (double) rows.compulsoryReadBytes() + rows.compulsoryWriteBytes(),
              chip);
    }
    final Optional<RowKernel> kernel = rowKernel(rows);
    if (kernel.isEmpty()) {
      return Picoseconds.of(stack.launch().elementwise());
    }
    if (kernel.get().parts().isPresent()) {
      final long own = new RowParts(rows, chip).picos(kernel.get().parts().get(), parts);
      return Picoseconds.of(kernel.get().launch()) + own - makespanPicos;
    }
    final boolean shares = rows.kind() == Elementwise.Kind.ARGMAX && rows.parameter() > 1;
    return kernel.get().choicesPicos(rows.parameter(), rows.cols())
        + (shares ? kernel.get().ofShares() : kernel.get())
            .beyondPicos(
                makespanPicos,
                rows.rows(),
                rows.cols(),
                (double) rows.compulsoryReadBytes() / rows.rows(),
                (double) rows.compulsoryWriteBytes() / rows.rows(),
                chip);
  }
}
