package org.inferchip.mapping;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.inferchip.arch.AttentionKernel;
import org.inferchip.arch.AttentionOrder;
import org.inferchip.arch.AttentionPath;
import org.inferchip.arch.Chip;
import org.inferchip.arch.RowKernel;
import org.inferchip.arch.Stack;
import org.inferchip.operator.Attention;

/**
 * What a stack's table of attention kernels says of a call: which kernel, how it cuts the work, and
 * what it takes beyond the work. Conditions see shapes, formats and the number of cores, never a
 * name.
 */
public final class AttentionRules {
  private static final int WIDE = 128;
  private static final int SMALLEST_TILE = 16;
  private static final double NANOS = 1e9;
  private static final double PICOS_PER_NANO = 1e3;

  private final Attention op;
  private final Stack.AttentionKernels table;
  private final Cores cores;
  private final long latencyPicos;
  private final int keys;

  AttentionRules(final Attention op, final Stack.AttentionKernels table, final Chip chip) {
    this.op = op;
    this.table = table;
    cores = Cores.of(chip, op);
    latencyPicos = RowKernel.latencyPicos(chip);
    keys = op.sequences().stream().mapToInt(s -> (int) op.keysRead(s)).max().orElseThrow();
  }

  /** The kernel that a stack takes for a call on a chip; empty if its table has none. */
  public static Optional<AttentionKernel> kernel(
      final Attention op, final Chip chip, final Stack stack) {
    return new AttentionRules(op, stack.attention(), chip).kernel();
  }

  /**
   * Time of a call beyond its program, in seconds: launch, scan of the batch, copies, and the start
   * of the merging kernel.
   *
   * @param mapping that the program has
   */
  public static double launchSeconds(
      final Attention op, final Chip chip, final Stack stack, final Mapping mapping) {
    final double launch = stack.launch().attention();
    return kernel(op, chip, stack)
        .map(kernel -> launchSeconds(op, kernel, mapping, launch))
        .orElse(launch);
  }

  private static double launchSeconds(
      final Attention op,
      final AttentionKernel kernel,
      final Mapping mapping,
      final double otherwise) {
    final int sequences = op.sequences().size();
    double seconds = kernel.launch().orElse(otherwise);
    final boolean split = mapping instanceof AttentionMapping tiles && tiles.splits() > 1;
    if (split || op.asked().parts() > 1) {
      final int rows = op.queryRows() * op.heads();
      seconds += kernel.merge() * MatMulGrid.ceil(rows, kernel.mergeRows().orElse(rows));
    }
    if (sequences < kernel.scanBelow().orElse(Integer.MAX_VALUE)) {
      seconds += kernel.scan() * sequences;
    }
    if (sequences > 1 && op.kvHeads() > 1 && op.groupSize() > 1) {
      seconds += kernel.transpose();
    }
    return seconds;
  }

  Optional<AttentionKernel> kernel() {
    return table.paths().stream()
        .filter(this::holds)
        .map(path -> table.kernels().get(path.kernel()))
        .findFirst();
  }

  private boolean holds(final AttentionPath path) {
    return op.decodes() == (path.phase() == AttentionPath.Phase.DECODE)
        && op.groupSize() >= path.minGroup().orElse(1)
        && op.groupSize() <= path.maxGroup().orElse(Integer.MAX_VALUE)
        && op.headDim() >= path.minHeadDim().orElse(1)
        && op.headDim() <= path.maxHeadDim().orElse(Integer.MAX_VALUE)
        && path.activation().map(format -> format == op.activation()).orElse(true)
        && path.maxQueries().map(most -> op.longestChunk() <= most).orElse(true)
        && path.cache().map(format -> format == op.cache()).orElse(true)
        && path.appends().map(does -> does == op.asked().appends()).orElse(true)
        && path.work().map(this::enough).orElse(true);
  }

  private boolean enough(final AttentionPath.Work work) {
    final long blocks =
        (long) op.sequences().size() * op.kvHeads() * Math.max(1, keys / work.tokens());
    return blocks >= work.perCore() * cores.count();
  }

  /**
   * The mapping of the kernel.
   *
   * @param fit gives a mapping with buffers as deep as fit a core, or null if none do
   */
  Optional<AttentionMapping> ruled(final UnaryOperator<AttentionMapping> fit) {
    final Optional<AttentionKernel> kernel = kernel();
    if (kernel.isEmpty()) {
      return Optional.empty();
    }
    final int widest = op.headDim() > WIDE ? kernel.get().wideKeyTile() : kernel.get().keyTile();
    for (int rows = kernel.get().rows(); rows >= 1; rows /= 2) {
      for (int tile = widest; tile >= SMALLEST_TILE; tile /= 2) {
        final AttentionMapping fitting = fit.apply(mapping(kernel.get(), rows, tile));
        if (fitting != null) {
          return Optional.of(fitting);
        }
      }
    }
    return Optional.empty();
  }

  private AttentionMapping mapping(
      final AttentionKernel kernel, final int rows, final int keyTile) {
    int heads = kernel.packed() ? Math.min(op.groupSize(), rows) : 1;
    while (op.groupSize() % heads != 0) {
      heads--;
    }
    final int sets = op.groupSize() / heads;
    final int tiles = MatMulGrid.ceil(op.longestChunk(), Math.max(1, kernel.rows() / heads));
    final int most = op.asked().parts() > 0 ? op.asked().parts() : Integer.MAX_VALUE;
    final AttentionSplits splits =
        new AttentionSplits(op, cores.count(), sets * tiles, keys, keyTile);
    final int parts = Math.min(most, splits.parts(kernel.split()));
    final AttentionMapping alone =
        new AttentionMapping(
            Math.max(heads, rows),
            kernel.wholeTiles() ? keyTile : Math.min(keyTile, keys),
            heads,
            parts,
            1,
            kernel.ahead() ? 2 : 1,
            1);
    final int work = new AttentionTiles(op, alone).work;
    final int resident = Math.min(kernel.resident(), MatMulGrid.ceil(work, cores.count()));
    return new AttentionMapping(
        alone.queryTile(),
        alone.keyTile(),
        heads,
        parts,
        1,
        alone.scores(),
        resident,
        pace(kernel, resident),
        false);
  }

  private AttentionPace pace(final AttentionKernel kernel, final int resident) {
    final double growth = StrictMath.pow(op.headDim() / 128.0, kernel.setupExponent());
    final double width = kernel.byElement().orElse(false) ? Math.min(1, cacheWidth()) : 1;
    return new AttentionPace(
        (int) Math.round(kernel.setup() * growth * NANOS),
        (int) Math.round(kernel.fill() * growth * NANOS),
        op.asked().appends() ? kernel.append().map(this::appendNanos).orElse(0) : 0,
        (int) Math.round(kernel.inFlight().orElse(0.0) * width),
        kernel.portShare() == 1 ? 100 : percent(kernel.portShare() * width / resident),
        percent(kernel.matrixShare()),
        percent(kernel.specialShare()),
        (int) Math.round(kernel.interference() * 100),
        kernel.wholeTiles() ? 1 : 0,
        kernel.order().orElse(AttentionOrder.LAST_FIRST),
        kernel.inPlace().orElse(false) ? 1 : 0,
        kernel.resultsHeld().orElse(false) ? 1 : 0);
  }

  /** A new key and its value, so many bytes at a time, each copy after the one before has come. */
  private int appendNanos(final double bytes) {
    final double copies = op.cache().bytes((long) op.headDim() + op.valueDim()) / bytes;
    return (int) Math.round(copies * latencyPicos / PICOS_PER_NANO);
  }

  /** Width of a cached element, of 16 bits. */
  private double cacheWidth() {
    return op.cache().bytes(WIDE) / (2.0 * WIDE);
  }

  private static int percent(final double share) {
    return Math.max(1, (int) Math.round(share * 100));
  }
}
