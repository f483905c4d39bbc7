package org.inferchip.mapping;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.inferchip.arch.AttentionOrder;
import org.inferchip.model.KeyBlocks;
import org.inferchip.operator.Attention;

/**
 * The pieces of work of an attention and their order.
 *
 * <p>A tile is some query tokens of a sequence; its keys are cut into blocks on a common grid of
 * {@code keyTile}, and hidden blocks (after the last query, or before the window of the first) are
 * left out, as are those that no query of the tile sees by {@link KeyBlocks}. The blocks of a tile
 * are shared out to its parts. A piece of work is a part of a tile for a set of {@code packed}
 * query heads of one key-value head.
 *
 * <p>Order: sequences by falling length of their longest tile; then key-value heads, so that the
 * tiles of a head run side by side and share its keys; then tiles from the last (longest) to the
 * first, and their parts, or (of code that starts them so) the other way round; then sets of heads.
 */
final class AttentionTiles {
  final Attention op;
  final int keyTile;

  /** Query heads in the rows of a tile. */
  final int packed;

  /** Sets of heads of one key-value head. */
  final int sets;

  /** Largest number of tokens of a tile. */
  final int tokensPerTile;

  /** Largest number of parts of a tile. */
  final int maxParts;

  /** Pieces of work. */
  final int work;

  private final AttentionOrder started;
  private final int[] sequenceOf;
  private final int[] firstToken;
  private final int[] tokens;
  private final int[] parts;
  private final int[] unitOfTile;
  private final int[] order;
  private final int[] rank;
  private final int[] firstTile;
  private final int[] firstWork;
  private final int[] queryRow;
  private final int[] keyRow;
  private final int[] firstAlike;
  private final int[][] seen;

  AttentionTiles(final Attention op, final AttentionMapping mapping) {
    this.op = op;
    keyTile = mapping.keyTile();
    packed = mapping.heads();
    started = mapping.pace().order();
    if (op.groupSize() % packed != 0) {
      throw new IllegalArgumentException(
          packed + " heads of a tile do not divide a group of " + op.groupSize());
    }
    sets = op.groupSize() / packed;
    final int sequences = op.sequences().size();
    final int most = op.sequences().stream().mapToInt(Attention.Sequence::queries).max().orElse(1);
    tokensPerTile = Math.min(most, Math.max(1, mapping.queryTile() / packed));
    queryRow = new int[sequences];
    keyRow = new int[sequences];
    firstTile = new int[sequences + 1];
    firstAlike = new int[sequences];
    final Map<Attention.Sequence, Integer> first = new HashMap<>();
    for (int s = 0; s < sequences; s++) {
      final Attention.Sequence sequence = op.sequences().get(s);
      first.putIfAbsent(sequence, s);
      firstAlike[s] = first.get(sequence);
      if (s + 1 < sequences) {
        queryRow[s + 1] = Math.addExact(queryRow[s], sequence.queries());
        keyRow[s + 1] = Math.addExact(keyRow[s], sequence.context());
      }
      firstTile[s + 1] = firstTile[s] + MatMulGrid.ceil(sequence.queries(), tokensPerTile);
    }
    final int tiles = firstTile[sequences];
    sequenceOf = new int[tiles];
    firstToken = new int[tiles];
    tokens = new int[tiles];
    parts = new int[tiles];
    unitOfTile = new int[tiles];
    placeTokens();
    seen = op.blocks().map(this::seen).orElse(null);
    maxParts = share(mapping.splits());
    order =
        IntStream.range(0, sequences)
            .boxed()
            .sorted(Comparator.comparingInt(s -> -longest(s)))
            .mapToInt(Integer::intValue)
            .toArray();
    rank = new int[sequences];
    firstWork = new int[sequences + 1];
    work = number();
  }

  private void placeTokens() {
    for (int s = 0; s < op.sequences().size(); s++) {
      final int queries = op.sequences().get(s).queries();
      for (int tile = firstTile[s]; tile < firstTile[s + 1]; tile++) {
        sequenceOf[tile] = s;
        firstToken[tile] = (tile - firstTile[s]) * tokensPerTile;
        tokens[tile] = Math.min(tokensPerTile, queries - firstToken[tile]);
      }
    }
  }

  /** Blocks of the grid that each tile sees by blocks of the operator. */
  private int[][] seen(final KeyBlocks all) {
    final int[][] blocks = new int[tokens.length][];
    for (int tile = 0; tile < tokens.length; tile++) {
      final int own = position(tile) / all.size();
      final int last = (endKey(tile) - 1) / all.size();
      final int end = endKey(tile);
      blocks[tile] =
          IntStream.range(0, MatMulGrid.ceil(end, keyTile))
              .filter(
                  at ->
                      IntStream.rangeClosed(
                              at * keyTile / all.size(),
                              Math.min(last, ((at + 1) * keyTile - 1) / all.size()))
                          .anyMatch(block -> all.seesBlock(own, block)))
              .toArray();
    }
    return blocks;
  }

  /** Shares the blocks of each tile out to parts as long as those of the longest tile. */
  private int share(final int splits) {
    int longest = 0;
    for (int tile = 0; tile < parts.length; tile++) {
      longest = Math.max(longest, blocks(tile));
    }
    final int each = MatMulGrid.ceil(longest, Math.min(splits, longest));
    int most = 1;
    for (int tile = 0; tile < parts.length; tile++) {
      parts[tile] = MatMulGrid.ceil(blocks(tile), each);
      most = Math.max(most, parts[tile]);
    }
    return most;
  }

  private int number() {
    int next = 0;
    for (int at = 0; at < order.length; at++) {
      final int s = order[at];
      rank[s] = at;
      firstWork[at] = next;
      int unit = 0;
      for (int tile = firstTile[s + 1] - 1; tile >= firstTile[s]; tile--) {
        unitOfTile[tile] = unit;
        unit += parts[tile];
      }
      next = Math.addExact(next, Math.multiplyExact(unit, op.kvHeads() * sets));
    }
    firstWork[order.length] = next;
    return next;
  }

  private int longest(final int sequence) {
    int most = 0;
    for (int tile = firstTile[sequence]; tile < firstTile[sequence + 1]; tile++) {
      most = Math.max(most, MatMulGrid.ceil(blocks(tile), parts[tile]));
    }
    return most;
  }

  int tiles() {
    return tokens.length;
  }

  int sequence(final int tile) {
    return sequenceOf[tile];
  }

  int tokens(final int tile) {
    return tokens[tile];
  }

  int parts(final int tile) {
    return parts[tile];
  }

  /** The tile at the same place of the first sequence of these lengths. */
  int alike(final int tile) {
    final int sequence = sequenceOf[tile];
    return firstTile[firstAlike[sequence]] + tile - firstTile[sequence];
  }

  /** Row of Q and O of the tile's first token. */
  int queryRow(final int tile) {
    return queryRow[sequenceOf[tile]] + firstToken[tile];
  }

  /** Row of K and V of the first key of the tile's sequence. */
  int keyRow(final int tile) {
    return keyRow[sequenceOf[tile]];
  }

  /** Position of the tile's first token in its sequence. */
  int position(final int tile) {
    final Attention.Sequence sequence = op.sequences().get(sequenceOf[tile]);
    return sequence.context() - sequence.queries() + firstToken[tile];
  }

  /** The window, where it is heeded. */
  int window() {
    return op.causal() ? Math.max(0, op.window()) : 0;
  }

  /** First key that a token of the tile sees. */
  int firstKey(final int tile) {
    return window() == 0 ? 0 : Math.max(0, position(tile) - window() + 1);
  }

  /** One past the last key that a token of the tile sees. */
  int endKey(final int tile) {
    return op.causal()
        ? position(tile) + tokens[tile]
        : op.sequences().get(sequenceOf[tile]).context();
  }

  /** Number of the first key block on the common grid. */
  int firstBlock(final int tile) {
    return firstKey(tile) / keyTile;
  }

  /** Number on the common grid of one of the tile's key blocks. */
  int block(final int tile, final int number) {
    return seen == null ? firstBlock(tile) + number : seen[tile][number];
  }

  /** Whether tiles see some blocks only. */
  boolean sparse() {
    return seen != null;
  }

  /** Whether a tile sees a block of the grid; of sparse ones. */
  boolean sees(final int tile, final int block) {
    return tile >= 0 && Arrays.binarySearch(seen[tile], block) >= 0;
  }

  /** Keys of the tile's blocks. */
  int keys(final int tile) {
    if (seen == null) {
      return endKey(tile) - firstKey(tile);
    }
    final int beyond = (seen[tile][seen[tile].length - 1] + 1) * keyTile - endKey(tile);
    return seen[tile].length * keyTile - Math.max(0, beyond);
  }

  /** Key blocks of the tile. */
  int blocks(final int tile) {
    if (seen != null) {
      return seen[tile].length;
    }
    return MatMulGrid.ceil(endKey(tile), keyTile) - firstBlock(tile);
  }

  /** The next tile of the same sequence, which stands before this one in the order; or -1. */
  int nextTile(final int tile) {
    return tile + 1 < tokens.length && sequenceOf[tile + 1] == sequenceOf[tile] ? tile + 1 : -1;
  }

  /** Pieces of work of one key-value head of a sequence. */
  int workOfHead(final int sequence) {
    final int first = firstTile[sequence];
    return (unitOfTile[first] + parts[first]) * sets;
  }

  /** The number of a piece of work. */
  int workOf(final int tile, final int part, final int kvHead, final int set) {
    final int sequence = sequenceOf[tile];
    final int unit = unitOfTile[tile] + part;
    final int first = firstWork[rank[sequence]];
    return acrossHeads()
        ? first + (unit * op.kvHeads() + kvHead) * sets + set
        : first + kvHead * workOfHead(sequence) + turned(unit, workOfHead(sequence)) * sets + set;
  }

  /** Whether a tile of every head starts before the next of any. */
  boolean acrossHeads() {
    return started == AttentionOrder.ACROSS_HEADS;
  }

  /** A unit of a head's, in whose order the last tile stands first, as it starts; and back. */
  private int turned(final int unit, final int perHead) {
    return started == AttentionOrder.FIRST_FIRST ? perHead / sets - 1 - unit : unit;
  }

  /** Tile, part, key-value head and set of heads of a piece of work. */
  int[] at(final int number) {
    final int found = Arrays.binarySearch(firstWork, number);
    final int place = found >= 0 ? found : -found - 2;
    final int sequence = order[place];
    final int local = number - firstWork[place];
    final int perHead = workOfHead(sequence);
    final int unit =
        acrossHeads() ? local / sets / op.kvHeads() : turned(local % perHead / sets, perHead);
    final int kvHead = acrossHeads() ? local / sets % op.kvHeads() : local / perHead;
    int low = firstTile[sequence];
    int high = firstTile[sequence + 1] - 1;
    while (low < high) {
      final int middle = (low + high) >>> 1;
      if (unitOfTile[middle] > unit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return new int[] {low, unit - unitOfTile[low], kvHead, local % sets};
  }
}
