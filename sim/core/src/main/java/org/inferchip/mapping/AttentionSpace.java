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
 * Mappings of an attention: the stack's query and key tiles and their halves and doubles, all heads
 * of a group packed or one by one, keys split as far as streams are idle, two score tiles in flight
 * where they fit.
 *
 * <p>Bound = max(longest piece of work, all work over all arrays, port, external memory) + latency
 * + merging of parts.
 */
final class AttentionSpace {
  private static final int DEEPEST = 4;
  private static final int MOST_SPLITS = 32;

  private final Attention op;
  private final Stack.AttentionKernels menu;
  private final Roofline roofline;
  private final Homes homes;
  private final Format format;
  private final Chip chip;

  AttentionSpace(final Attention op, final Chip chip, final Stack stack) {
    this.op = op;
    this.chip = chip;
    menu = stack.attention();
    roofline = new Roofline(chip, op);
    homes = Homes.of(chip);
    format = Format.multiplied(op.activation(), op.cache());
  }

  List<Candidate> candidates() {
    final Optional<AttentionUnit> unit = AttentionUnits.of(op, chip);
    if (unit.isPresent() && AttentionUnits.misfit(op, chip).isEmpty()) {
      final List<Candidate> fixed = new AttentionUnits(op, chip, unit.get()).candidates(menu);
      if (!fixed.isEmpty()) {
        return fixed;
      }
    }
    final List<Candidate> candidates = new ArrayList<>();
    new AttentionRules(op, menu, chip)
        .ruled(this::fit)
        .ifPresent(mapping -> candidates.add(candidate(new AttentionTiles(op, mapping), mapping)));
    if (!candidates.isEmpty()) {
      return candidates;
    }
    packings().forEach(heads -> addPacked(heads, menu.queryTile(), candidates));
    // Where no tile of the menu fits beside wide heads, such as a latent's, fewer heads may.
    for (int heads = menu.queryTile() / 2; candidates.isEmpty() && heads > 0; heads /= 2) {
      if (op.groupSize() % heads == 0) {
        addPacked(heads, heads, candidates);
      }
    }
    return candidates;
  }

  private void addPacked(final int heads, final int rows, final List<Candidate> to) {
    for (final int queryTile : queryTiles(heads, rows)) {
      for (final int keyTile : keyTiles()) {
        for (final int splits : splits(queryTile, keyTile, heads)) {
          add(queryTile, keyTile, heads, splits, to);
        }
      }
    }
  }

  private Set<Integer> packings() {
    int most = op.groupSize();
    while (most > menu.queryTile() || op.groupSize() % most != 0) {
      most--;
    }
    final Set<Integer> packings = new LinkedHashSet<>(List.of(most));
    if (longestChunk() > 1) {
      packings.add(1);
    }
    return packings;
  }

  private int longestChunk() {
    return op.sequences().stream().mapToInt(Attention.Sequence::queries).max().orElseThrow();
  }

  private int longestContext() {
    return op.sequences().stream().mapToInt(Attention.Sequence::context).max().orElseThrow();
  }

  /** Tiles up to the first that takes all rows of the longest chunk. */
  private Set<Integer> queryTiles(final int heads, final int least) {
    final long rows = (long) longestChunk() * heads;
    final Set<Integer> tiles = new LinkedHashSet<>();
    for (int tile = Math.max(heads, least); tiles.size() < 3; tile *= 2) {
      tiles.add(tile);
      if (tile >= rows) {
        break;
      }
    }
    return tiles;
  }

  private Set<Integer> keyTiles() {
    final int longest = longestContext();
    final Set<Integer> tiles = new LinkedHashSet<>();
    for (final int tile : new int[] {menu.keyTile(), menu.keyTile() / 2, 2 * menu.keyTile()}) {
      tiles.add(Math.max(1, Math.min(tile, longest)));
    }
    return tiles;
  }

  /** No split, and splits that fill the arrays once, twice, ... as long as keys last. */
  private Set<Integer> splits(final int queryTile, final int keyTile, final int heads) {
    final Set<Integer> splits = new LinkedHashSet<>(List.of(1));
    if (!menu.splitKeys()) {
      return splits;
    }
    final AttentionTiles whole =
        new AttentionTiles(op, new AttentionMapping(queryTile, keyTile, heads, 1, 1, 1, 1));
    final int blocks = MatMulGrid.ceil(longestContext(), keyTile);
    final int most = op.asked().parts() > 0 ? op.asked().parts() : MOST_SPLITS;
    for (int waves = 1; waves <= 4; waves++) {
      final long wanted = Math.round((double) waves * roofline.arrays() / whole.work);
      if (wanted > 1) {
        splits.add((int) Math.min(Math.min(wanted, blocks), most));
      }
    }
    return splits;
  }

  private void add(
      final int queryTile,
      final int keyTile,
      final int heads,
      final int splits,
      final List<Candidate> to) {
    for (int scores = 2; scores >= 1; scores--) {
      final AttentionMapping shallow =
          new AttentionMapping(queryTile, keyTile, heads, splits, 1, scores, 1);
      final AttentionTiles tiles = new AttentionTiles(op, shallow);
      final AttentionMapping mapping = deepest(tiles, shallow);
      if (mapping != null) {
        to.add(candidate(tiles, mapping));
        return;
      }
    }
  }

  private Candidate candidate(final AttentionTiles tiles, final AttentionMapping mapping) {
    return new Candidate(mapping, (long) bound(tiles, mapping.scores()), tasks(tiles));
  }

  /** The mapping with buffers as deep as fit, or null. */
  private AttentionMapping fit(final AttentionMapping shallow) {
    return deepest(new AttentionTiles(op, shallow), shallow);
  }

  private AttentionMapping deepest(final AttentionTiles tiles, final AttentionMapping shallow) {
    final Cores cores = roofline.cores;
    final int streams = cores.streams(shallow.resident(), tiles.work);
    final int perCore = Math.min(cores.arrays() * shallow.resident(), streams);
    final RowPieces pieces =
        RowPieces.of(tiles.tokensPerTile, tiles.packed, op.valueDim(), op.activation());
    final AttentionParts parts =
        new AttentionParts(tiles, shallow, pieces, AttentionMerge.pieces(tiles, streams), homes);
    if (!Capacity.fits(parts.buffers, perCore, cores.local())) {
      return null;
    }
    final double spare =
        cores.local().capacity() / perCore - Capacity.bytes(parts.buffers, Buffer.Level.LOCAL);
    final long step = parts.k.slotBytes() + parts.v.slotBytes();
    return new AttentionMapping(
        shallow.queryTile(),
        shallow.keyTile(),
        shallow.heads(),
        shallow.splits(),
        1 + (int) Math.min(DEEPEST - 1, spare / step),
        shallow.scores(),
        shallow.resident(),
        shallow.pace(),
        false);
  }

  private long tasks(final AttentionTiles tiles) {
    long blocks = 0;
    for (int tile = 0; tile < tiles.tiles(); tile++) {
      blocks += tiles.blocks(tile);
    }
    return 5 * blocks * op.kvHeads() * tiles.sets;
  }

  private double bound(final AttentionTiles tiles, final int scores) {
    double all = 0;
    double longest = 0;
    double loaded = 0;
    for (int tile = 0; tile < tiles.tiles(); tile++) {
      final int rows = tiles.tokens(tile) * tiles.packed;
      final int keys = tiles.keys(tile);
      final double block = block(rows, Math.min(keys, tiles.keyTile), scores);
      final double whole = block * keys / Math.min(keys, tiles.keyTile);
      longest = Math.max(longest, whole / tiles.parts(tile));
      all += whole;
      loaded += op.cache().bytes((long) keys * (op.headDim() + op.valueDim()));
    }
    final double sets = (double) op.kvHeads() * tiles.sets;
    final double spread = Math.min(roofline.arrays(), tiles.work);
    final double arrays = Math.max(longest, all * sets / spread);
    final double cores = Math.min(roofline.cores.count(), tiles.work);
    final double port = roofline.portRead(loaded * sets / cores);
    final double memory = roofline.memory(op.compulsoryReadBytes());
    final double merge = tiles.maxParts == 1 ? 0 : 2 * roofline.nearLatency() + merged(tiles);
    return Math.max(Math.max(arrays, port), memory) + roofline.latency + merge;
  }

  /** Matrix and vector time of a block of keys: side by side, or one after the other. */
  private double block(final int rows, final int keys, final int scores) {
    final double matrix =
        roofline.matrix(rows, keys, op.headDim(), format)
            + roofline.matrix(rows, op.valueDim(), keys, format);
    final double elements = (double) rows * keys;
    final double vector = roofline.vector(4 * elements + rows * op.valueDim(), elements);
    return scores > 1 ? Math.max(matrix, vector) : matrix + vector;
  }

  private double merged(final AttentionTiles tiles) {
    final double bytes = 4.0 * tiles.maxParts * op.queryRows() * op.heads() * op.valueDim();
    final double each = bytes / roofline.cores.count();
    return roofline.portWrite(each) + roofline.portRead(each);
  }
}
