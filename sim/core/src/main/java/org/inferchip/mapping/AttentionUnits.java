package org.inferchip.mapping;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.inferchip.arch.AttentionUnit;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Stack;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.program.Buffer;
import org.inferchip.program.Capacity;

/**
 * Mappings of an attention on the fixed-function units of the cores: the units' own rows and blocks
 * of keys, as many heads of a group as the rows take, keys split as far as units are idle.
 *
 * <p>Bound = max(all work over all units at the pace of the slowest stage or of the path, external
 * memory).
 */
public final class AttentionUnits {
  private static final int DEEPEST = 4;
  private static final int MOST_SPLITS = 32;

  private final Attention op;
  private final AttentionUnit unit;
  private final Cores cores;
  private final Homes homes;
  private final Roofline roofline;

  AttentionUnits(final Attention op, final Chip chip, final AttentionUnit unit) {
    this.op = op;
    this.unit = unit;
    cores = Cores.ofAttention(chip, op);
    homes = Homes.of(chip);
    roofline = new Roofline(chip, op);
  }

  /** The attention unit of the cores that run programs; empty if they have none. */
  public static Optional<AttentionUnit> of(final Attention op, final Chip chip) {
    return chip.cores().get(Cores.of(chip, op).group()).attention();
  }

  /** Why the chip's attention units do not do an attention; empty if they do, or if it has none. */
  public static Optional<String> misfit(final Attention op, final Chip chip) {
    return of(op, chip).flatMap(unit -> unit.misfit(op.headDim(), op.valueDim(), format(op)));
  }

  private static Format format(final Attention op) {
    return Format.multiplied(op.activation(), op.cache());
  }

  List<Candidate> candidates(final Stack.AttentionKernels menu) {
    int heads = Math.min(op.groupSize(), unit.queryRows());
    while (op.groupSize() % heads != 0) {
      heads--;
    }
    final int longest =
        op.sequences().stream().mapToInt(Attention.Sequence::context).max().orElseThrow();
    final int keyTile = Math.min(unit.keyTile(), longest);
    final List<Candidate> candidates = new ArrayList<>();
    for (final int splits : splits(menu, heads, keyTile, longest)) {
      add(
          new AttentionMapping(
              unit.queryRows(), keyTile, heads, splits, 1, 2, 1, AttentionPace.FULL, true),
          candidates);
    }
    return candidates;
  }

  private Set<Integer> splits(
      final Stack.AttentionKernels menu, final int heads, final int keyTile, final int longest) {
    final Set<Integer> splits = new LinkedHashSet<>(List.of(1));
    final AttentionTiles whole =
        new AttentionTiles(op, new AttentionMapping(unit.queryRows(), keyTile, heads, 1, 1, 1, 1));
    final double units = (double) cores.count() * cores.arrays();
    for (int waves = 1; menu.splitKeys() && waves <= 4; waves++) {
      final long wanted = Math.round(waves * units / whole.work);
      final long most = Math.min(MOST_SPLITS, MatMulGrid.ceil(longest, keyTile));
      if (wanted > 1) {
        splits.add((int) Math.min(wanted, most));
      }
    }
    return splits;
  }

  private void add(final AttentionMapping shallow, final List<Candidate> to) {
    final AttentionTiles tiles = new AttentionTiles(op, shallow);
    final int streams = cores.streams(1, tiles.work);
    final int perCore = Math.min(cores.arrays(), streams);
    final RowPieces pieces =
        RowPieces.of(tiles.tokensPerTile, tiles.packed, op.valueDim(), op.activation());
    final AttentionParts parts =
        new AttentionParts(tiles, shallow, pieces, AttentionMerge.pieces(tiles, streams), homes);
    if (!Capacity.fits(parts.buffers, perCore, cores.local())) {
      return;
    }
    final double spare =
        cores.local().capacity() / perCore - Capacity.bytes(parts.buffers, Buffer.Level.LOCAL);
    final long step = parts.k.slotBytes() + parts.v.slotBytes();
    final int depth = 1 + (int) Math.min(DEEPEST - 1, spare / step);
    to.add(new Candidate(shallow.staged(depth), (long) bound(tiles), tasks(tiles)));
  }

  private double bound(final AttentionTiles tiles) {
    double cycles = 0;
    for (int tile = 0; tile < tiles.tiles(); tile++) {
      final double rows = (double) tiles.tokens(tile) * tiles.packed;
      final double keys = tiles.keys(tile);
      final double scores = rows * keys * op.headDim() / unit.scoreMacs().get(format(op));
      final double values = rows * keys * op.valueDim() / unit.valueMacs().get(format(op));
      final double bytes = op.cache().bytes((long) keys * (op.headDim() + op.valueDim()));
      cycles +=
          Math.max(
              Math.max(scores, values),
              Math.max(rows * keys / unit.softmaxLanes(), bytes / unit.path()));
    }
    final double units = Math.min((double) cores.count() * cores.arrays(), tiles.work);
    return Math.max(
        cycles * op.kvHeads() * tiles.sets / units * roofline.cycle,
        roofline.memory(op.compulsoryReadBytes()));
  }

  private long tasks(final AttentionTiles tiles) {
    long blocks = 0;
    for (int tile = 0; tile < tiles.tiles(); tile++) {
      blocks += tiles.blocks(tile);
    }
    return 5 * blocks * op.kvHeads() * tiles.sets;
  }
}
