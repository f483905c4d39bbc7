package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.GroupedKernel;
import org.inferchip.arch.RowKernel;
import org.inferchip.arch.RowWork;
import org.inferchip.arch.SharedMemory;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.Elementwise.Kind;
import org.inferchip.operator.MatMul;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;
import org.inferchip.units.Picoseconds;

/**
 * The kernels of a measured layer of experts: routing, rows put in the order of experts, product
 * with gate and up matrices of every expert that has rows, activation, down product, weighted sum
 * back into the order of tokens. What of this a library fuses, its {@link GroupedKernel} says.
 *
 * <p>A collector repeats the layer: weights of experts that its draws touch are warm as far as they
 * fit the cache.
 *
 * @param target with the layer's kernels of groups in the place of its format's
 * @param layer tokens and experts
 * @param load of the device
 * @param width of an expert on the device
 * @param gated whether experts have three matrices
 * @param formats of activations and weights
 * @param rotation how the collector repeats; without copies, the layer is as in serving
 */
record ExpertLayer(
    Target target,
    ExpertLoad.Layer layer,
    ExpertLoad load,
    int hidden,
    int width,
    boolean gated,
    List<Format> formats,
    Rotation rotation) {

  Calls calls() {
    final GroupedKernel kernel = target.stack().matmul().grouped(widest()).orElse(null);
    Calls calls = routing(kernel);
    if (load.rows().isEmpty()) {
      return calls;
    }
    final int mine = load.here() + elsewhere(kernel, GroupedKernel.Elsewhere.COMPUTED);
    final boolean converts = kernel != null && kernel.quantize().isPresent();
    // Kernels write the format of the product that follows, where no other converts.
    final Format in = converts ? Format.BF16 : formats.get(0);
    final boolean first = is(kernel, GroupedKernel::tokensFirst);
    if (first) {
      calls = calls.then(pass(rows(Kind.QUANTIZE, layer.tokens(), hidden, 0, Format.BF16, in), 0));
    }
    if (!is(kernel, GroupedKernel::inPlace)) {
      final Format from = first ? in : Format.BF16;
      calls = calls.then(one(rows(Kind.PERMUTE, mine, hidden, 0, from, in)));
    }
    final int wide = padding(kernel).map(pads -> pads.ofWidth(width)).orElse(width);
    final int deep = padding(kernel).map(pads -> pads.ofHidden(hidden)).orElse(hidden);
    calls = calls.then(converted(converts, mine, deep));
    calls = calls.then(product("expert_up", mine, gated ? 2 * wide : wide, deep));
    final int passed = mine + elsewhere(kernel, GroupedKernel.Elsewhere.ZEROS);
    final int zeros = passed - mine;
    if (zeros > 0) {
      calls = calls.then(zeros(zeros, gated ? 2 * width : width, perExpert(kernel)));
    }
    if (!is(kernel, GroupedKernel::activates)) {
      final Kind kind = gated ? Kind.SILU_MUL : Kind.RELU;
      calls = calls.then(one(rows(kind, passed, width, 0, Format.BF16, in)));
    }
    final long visits = kernel == null ? 0 : Picoseconds.of(kernel.visits(layer.routes(), width));
    calls = calls.then(converted(converts, mine, wide));
    calls = calls.then(product("expert_down", mine, deep, wide).beyond(visits));
    if (zeros > 0) {
      calls = calls.then(zeros(zeros, hidden, perExpert(kernel)));
    }
    return calls.then(combined(passed));
  }

  /**
   * So many rows summed to those of their tokens: rows that are here are read, tokens that have
   * none are written as zeros.
   */
  private Calls combined(final int passed) {
    final int tokens = layer.tokens();
    final int each = Math.max(1, Math.min(layer.perToken(), (passed + tokens - 1) / tokens));
    final int summed = Math.min(tokens, (passed + each - 1) / each);
    final Calls sums = one(rows(Kind.COMBINE, summed, hidden, each, Format.BF16, Format.BF16));
    return summed == tokens
        ? sums
        : sums.then(
            pass(
                rows(Kind.COMBINE, half(tokens - summed), hidden, 1, Format.BF16, Format.BF16), 0));
  }

  private static Optional<GroupedKernel.Padding> padding(final GroupedKernel kernel) {
    return Optional.ofNullable(kernel).flatMap(GroupedKernel::padded);
  }

  /** Choice of experts and sorting of rows. */
  private Calls routing(final GroupedKernel kernel) {
    final Elementwise choice =
        rows(
            Kind.TOP_K,
            layer.tokens(),
            layer.experts(),
            layer.perToken(),
            Format.FP32,
            Format.FP32);
    return Optional.ofNullable(kernel)
        .flatMap(GroupedKernel::routing)
        .map(all -> pass(choice, all))
        .orElseGet(() -> one(choice));
  }

  /** Time that a product takes for experts elsewhere. */
  private double perExpert(final GroupedKernel kernel) {
    return load.others() * kernel.perGroup();
  }

  /** Rows of zeros that a kernel writes beside its own, and what more. */
  private Calls zeros(final int rows, final int columns, final double seconds) {
    return pass(rows(Kind.PERMUTE, half(rows), columns, 0, Format.BF16, Format.BF16), seconds);
  }

  /** Rows whose copies move as many bytes as writing so many alone. */
  private static int half(final int rows) {
    return Math.max(1, rows / 2);
  }

  /** Work whose start is part of another's, and what more. */
  private Calls pass(final Elementwise work, final double seconds) {
    final double start =
        work.kind() == Kind.QUANTIZE ? 0 : launch(RowWork.valueOf(work.kind().name()));
    return one(work).beyond(Picoseconds.of(seconds - start));
  }

  private double launch(final RowWork work) {
    return target
        .stack()
        .elementwise()
        .map(all -> all.get(work))
        .map(RowKernel::launch)
        .orElse(target.stack().launch().elementwise());
  }

  /** Rows of experts on other devices, where the kernel does so much for them. */
  private int elsewhere(final GroupedKernel kernel, final GroupedKernel.Elsewhere what) {
    return kernel != null && kernel.elsewhere().filter(what::equals).isPresent()
        ? layer.tokens() * layer.perToken() - load.here()
        : 0;
  }

  /** The kernel that converts rows for a product, where there is one. */
  private Calls converted(final boolean converts, final int all, final int k) {
    return converts
        ? one(rows(Kind.QUANTIZE, all, k, load.rows().size(), Format.BF16, formats.get(0)))
        : Calls.none();
  }

  /** A product of so many rows; those that are not of experts here go to the first of them. */
  private Calls product(final String name, final int all, final int n, final int k) {
    final List<Integer> rows = new ArrayList<>(load.rows());
    rows.set(0, rows.get(0) + all - load.here());
    final Format in = formats.get(0);
    final Format sums = in == Format.INT8 ? Format.INT32 : Format.FP32;
    final MatMul product =
        new MatMul(name, rows, n, k, in, formats.get(1), sums, Format.BF16, false);
    return Calls.of(target, product, warmth());
  }

  /** Weights of the experts that the draws touch, against what the cache holds. */
  private Warmth warmth() {
    final Optional<SharedMemory> cache =
        target.chip().shared().filter(one -> one.managed() == SharedMemory.Managed.HARDWARE);
    if (rotation.copies() == 0 || cache.isEmpty()) {
      return Warmth.COLD;
    }
    final double expert = formats.get(1).bytes((long) (gated ? 3 : 2) * width * hidden);
    final double share = cache.get().capacity() * cache.get().usable() / (load.touched() * expert);
    return new Warmth(Map.of(Role.WEIGHT, Rotation.hit(share)));
  }

  private Format widest() {
    return formats.get(0).bits() >= formats.get(1).bits() ? formats.get(0) : formats.get(1);
  }

  private Calls one(final Elementwise work) {
    return Calls.of(target, work);
  }

  private static boolean is(
      final GroupedKernel kernel,
      final java.util.function.Function<GroupedKernel, Optional<Boolean>> what) {
    return kernel != null && what.apply(kernel).orElse(false);
  }

  private static Elementwise rows(
      final Kind kind,
      final int rows,
      final int cols,
      final int parameter,
      final Format in,
      final Format out) {
    return new Elementwise(
        kind.name().toLowerCase(Locale.ROOT), kind, rows, cols, parameter, in, out);
  }
}
