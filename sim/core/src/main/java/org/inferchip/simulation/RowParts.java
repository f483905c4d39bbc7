package org.inferchip.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongBiFunction;
import org.inferchip.arch.Chip;
import org.inferchip.arch.RowPart;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;

/**
 * Element-wise work that a library does by several kernels, one after the other.
 *
 * <p>A shared cache has what it keeps ({@link SharedCache}) of a tensor after the bytes that were
 * written since, half of what its reader writes among them, and keeps what is written by the same
 * law. Known error: operands that are one tensor count twice.
 */
final class RowParts {
  private final Elementwise whole;
  private final SharedCache cache;
  private final List<Long> written = new ArrayList<>();

  RowParts(final Elementwise whole, final Chip chip) {
    this.whole = whole;
    cache = SharedCache.of(chip);
    written.add(whole.compulsoryReadBytes());
  }

  /** Time of all kernels, of which one by itself takes what {@code time} says. */
  long picos(final List<RowPart> parts, final ToLongBiFunction<Elementwise, Warmth> time) {
    long picos = 0;
    for (final RowPart part : parts) {
      final Elementwise one = work(part);
      picos += time.applyAsLong(one, warmth(part, one));
      written.add(one.compulsoryWriteBytes());
    }
    return picos;
  }

  private Elementwise work(final RowPart part) {
    return new Elementwise(
        "",
        Elementwise.Kind.valueOf(part.work().name()),
        whole.rows(),
        part.narrow().orElse(false) ? 1 : whole.cols(),
        0,
        part.reads().orElse(whole.input()),
        part.writes().orElse(whole.output()));
  }

  private Warmth warmth(final RowPart part, final Elementwise one) {
    if (cache.usable() == 0) {
      return Warmth.COLD;
    }
    final double own = one.compulsoryWriteBytes() / 2.0;
    final double read = cache.kept(own + since(part.of().orElse(written.size() - 1)));
    final double kept = cache.kept((double) one.compulsoryReadBytes() + one.compulsoryWriteBytes());
    return new Warmth(
        Map.of(Role.INPUT, read, Role.OTHER, cache.kept(own + since(0)), Role.OUTPUT, kept));
  }

  /** Bytes written since the tensor of a place began to be. */
  private double since(final int place) {
    return written.subList(place, written.size()).stream().mapToDouble(Long::doubleValue).sum();
  }
}
