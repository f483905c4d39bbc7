package org.inferchip.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.inferchip.arch.Chip;
import org.inferchip.arch.FormatKernels;
import org.inferchip.arch.MatmulKernels;
import org.inferchip.arch.Stack;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.Buffer;
import org.inferchip.program.Capacity;
import org.inferchip.program.Task;
import org.inferchip.program.Warmth;
import org.inferchip.units.Picoseconds;

/**
 * Mappings of a matrix product: the stack's tile menu, or powers of two where it has none; the
 * stack's split factors; buffers as deep as the local memory allows.
 *
 * <p>Where the unit says what limits streamed operands, candidates are ranked by {@link
 * MatMulEstimate}; otherwise by {@link MatMulBound}.
 */
final class MatMulSpace {
  private static final int DEEPEST = 8;

  /** With fewer buffers than these, half as deep a step is offered too; of kernels, only that. */
  private static final int FEW_STAGES = 4;

  /** Reduction of a part at least, parts of large tiles at most, and what is large: assumptions. */
  private static final int SHORTEST_PART = 128;

  private static final int FEW_PARTS = 4;
  private static final int LARGE = 128 * 192;

  /** Tasks of a program that is long. */
  private static final long LONG = 20_000;

  private static final int SMALLEST = 16;
  private static final int TALLEST = 2048;

  private final MatMul op;
  private final FormatKernels menu;
  private final int bytesDeep;
  private final Optional<Integer> bands;
  private final Roofline roofline;
  private final Homes homes;
  private final Format format;
  private final Optional<MatMulEstimate> estimate;

  MatMulSpace(final MatMul op, final Chip chip, final Stack stack, final Warmth warmth) {
    this.op = op;
    format = op.multiplied();
    menu = stack.matmul().of(format, op.experts()).of(op.m(), op.n(), op.k());
    bytesDeep = stack.matmul().tileK();
    bands = stack.matmul().bands(format, op.experts());
    roofline = new Roofline(chip, op);
    estimate =
        roofline
            .streaming()
            .filter(loop -> !menu.free())
            .map(
                loop ->
                    new MatMulEstimate(
                        op,
                        roofline,
                        loop,
                        warmth,
                        stack.matmul().fixUp() * Picoseconds.PER_SECOND,
                        bands.isPresent()));
    homes = Homes.of(chip);
  }

  List<Candidate> candidates() {
    final List<Candidate> candidates = new ArrayList<>();
    for (final int splitK : menu.splits()) {
      for (final int[] tile : tiles()) {
        if (offers(splitK, tile[0] * tile[1])) {
          add(tile, splitK, 1, candidates);
        }
      }
      for (final String text : menu.pairTiles()) {
        final int[] mn = new MappingText(text, "256x128").sizes(2);
        if (offers(splitK, mn[0] * mn[1])) {
          add(new int[] {mn[0] / 2, mn[1], menuDepth()}, splitK, 2, candidates);
        }
      }
    }
    return withoutLoneTwins(candidates);
  }

  /**
   * Of long programs, cores alone are left out where pairs of them are offered the same tiles and
   * are estimated to be no slower: of 1,500 such twins none was faster alone, and none by more than
   * 3 % faster in pairs, so trying both is work for nothing.
   */
  private static List<Candidate> withoutLoneTwins(final List<Candidate> candidates) {
    final Map<Mapping, Long> alone = new HashMap<>();
    for (final Candidate candidate : candidates) {
      if (candidate.mapping() instanceof MatMulMapping mapping && mapping.pair() == 2) {
        alone.merge(mapping.alone(), candidate.boundPicos(), Math::min);
      }
    }
    return candidates.stream()
        .filter(
            one ->
                one.tasks() <= LONG
                    || alone.getOrDefault(one.mapping(), Long.MAX_VALUE) > one.boundPicos())
        .toList();
  }

  /** Whether libraries split so far: parts long enough, and many parts of small tiles only. */
  private boolean offers(final int splitK, final int area) {
    return estimate.isEmpty()
        || splitK == 1
        || op.k() >= splitK * SHORTEST_PART && (splitK <= FEW_PARTS || area < LARGE);
  }

  /** Tiles cut to the product, each once, in the order of the menu. */
  private Iterable<int[]> tiles() {
    final Set<List<Integer>> tiles = new LinkedHashSet<>();
    final int tallest = op.groupRows().stream().mapToInt(Integer::intValue).max().orElseThrow();
    final int tileK = menuDepth();
    if (menu.free() && roofline.spreadOut()) {
      whole(tallest, tiles);
    } else if (menu.free()) {
      for (final int k : new int[] {tileK, 2 * tileK, 4 * tileK}) {
        for (final int n : doubling(roofline.granuleN(), op.n())) {
          for (final int m : doubling(SMALLEST, tallest)) {
            tiles.add(List.of(Math.min(m, tallest), Math.min(n, op.n()), Math.min(k, op.k())));
          }
        }
      }
    }
    for (final String text : menu.tiles()) {
      final int[] mn = new MappingText(text, "128x256").sizes(2);
      tiles.add(
          estimate.isPresent()
              ? List.of(mn[0], mn[1], tileK)
              : List.of(
                  Math.min(mn[0], tallest), Math.min(mn[1], op.n()), Math.min(tileK, op.k())));
    }
    return tiles.stream().map(t -> t.stream().mapToInt(Integer::intValue).toArray()).toList();
  }

  /** Tiles as wide as a stripe's part or the product, and as deep as it or a part of that. */
  private void whole(final int tallest, final Set<List<Integer>> tiles) {
    final int part = MatMulGrid.ceil(op.n(), roofline.cores.arrays());
    for (int k = op.k(); k >= Math.min(op.k(), menuDepth()); k = MatMulGrid.ceil(k, 2)) {
      for (final int n : new int[] {part, op.n()}) {
        for (final int m : doubling(SMALLEST, tallest)) {
          tiles.add(List.of(Math.min(m, tallest), n, k));
        }
      }
      if (k == 1) {
        return;
      }
    }
  }

  /** Bytes of the scales in a step's operands: they stand beside the sums when they are used. */
  private double scales(final long stepBytes) {
    return stepBytes * (1 - Math.floor(format.dense().bits()) / format.dense().bits());
  }

  private int cluster() {
    return menu.cluster().orElse(1);
  }

  private int share() {
    return parts(menu.share(op.activation().bytes((long) op.m() * op.k())));
  }

  private static int parts(final double share) {
    return (int) Math.round(share * Task.WHOLE);
  }

  /** Reduction of a step: the menu's bytes, in this format. */
  private int menuDepth() {
    return bytesDeep * Math.max(1, (int) (16 / Math.floor(Math.max(1, format.dense().bits()))));
  }

  /** Doubling sizes from the first on, up to the first that covers the whole. */
  private static int[] doubling(final int first, final int whole) {
    return IntStream.iterate(first, size -> size <= TALLEST, size -> 2 * size)
        .takeWhile(size -> size < 2 * Math.max(first, whole))
        .toArray();
  }

  private void add(final int[] tile, final int splitK, final int pair, final List<Candidate> to) {
    final MatMulMapping shallow =
        new MatMulMapping(
            tile[0],
            tile[1],
            tile[2],
            splitK,
            1,
            raster(tile[0], tile[1]),
            1,
            1,
            1,
            pair,
            cluster(),
            share(),
            parts(menu.stream().orElse(1.0)),
            menu.apart().orElse(false) ? 1 : 0);
    final MatMulGrid grid = new MatMulGrid(op, shallow);
    if (grid.splits < splitK) {
      return;
    }
    final MatMulMapping mapping = deepest(grid, shallow);
    if (!menu.free()
        && tile[2] == menuDepth()
        && (mapping == null || mapping.stages() < FEW_STAGES)) {
      final int before = to.size();
      add(new int[] {tile[0], tile[1], tile[2] / 2}, splitK, pair, to);
      if (estimate.isPresent() && to.size() > before) {
        return;
      }
    }
    if (mapping != null) {
      final long steps = MatMulGrid.ceil(op.k(), grid.tileK);
      to.add(
          new Candidate(
              mapping, (long) time(grid, mapping), grid.tiles * (3 * steps + 2L * grid.splits)));
    }
  }

  /**
   * Row tiles walked together: as many as make the tiles of a wave a square of operand bytes, which
   * shares most; bands of equal height, and even, for pairs. Where the library has a rule ({@link
   * MatmulKernels#bands}), that.
   */
  private int raster(final int tileM, final int tileN) {
    if (estimate.isEmpty()) {
      return MatMulMapping.DEFAULT_RASTER;
    }
    final int tallest = op.groupRows().stream().mapToInt(Integer::intValue).max().orElseThrow();
    final int rowTiles = MatMulGrid.ceil(tallest, tileM);
    if (bands.isPresent()) {
      final int most = Math.min(bands.get(), Math.max(1, rowTiles * 4 / 3));
      return Integer.highestOneBit(most);
    }
    final double square = Math.sqrt((double) roofline.arrays() * tileN / tileM);
    final int bands = (int) Math.max(1, Math.round(rowTiles / square));
    final int height = MatMulGrid.ceil(rowTiles, bands);
    return height + height % 2;
  }

  /** The mapping with the deepest buffers that fit; null if none does. */
  private MatMulMapping deepest(final MatMulGrid grid, final MatMulMapping shallow) {
    final Cores cores = roofline.cores;
    final int streams = grid.streams(cores, 1);
    final int perCore = Math.min(cores.arrays(), streams);
    final MatMulParts parts =
        new MatMulParts(grid, shallow, MatMulReduction.rows(grid, streams), homes);
    if (!Capacity.fits(parts.buffers, perCore, cores.local())) {
      return null;
    }
    final double spare =
        cores.local().capacity() / perCore - Capacity.bytes(parts.buffers, Buffer.Level.LOCAL);
    final long step = parts.a.slotBytes() + parts.b.slotBytes();
    final int stages = 1 + (int) Math.min(DEEPEST - 1, spare / step);
    final double registers =
        cores.local().accumulatorCapacity() / perCore
            - Capacity.bytes(parts.buffers, Buffer.Level.ACCUMULATOR);
    return new MatMulMapping(
        shallow.tileM(),
        shallow.tileN(),
        shallow.tileK(),
        shallow.splitK(),
        stages,
        shallow.raster(),
        1,
        1,
        registers >= parts.sums.slotBytes() + scales(step) ? 2 : 1,
        shallow.pair(),
        shallow.cluster(),
        shallow.share(),
        shallow.memory(),
        shallow.apart());
  }

  private double time(final MatMulGrid grid, final MatMulMapping mapping) {
    if (estimate.isEmpty()) {
      return new MatMulBound(op, roofline, grid, mapping).picos();
    }
    final int streams = grid.streams(roofline.cores, 1);
    final MatMulParts parts =
        new MatMulParts(grid, mapping, MatMulReduction.rows(grid, streams), homes);
    return estimate.get().picos(grid, mapping, parts);
  }
}
