package org.inferchip.mapping;

import org.inferchip.arch.AttentionSplit;
import org.inferchip.operator.Attention;

/**
 * Into how many parts a kernel cuts the keys of the longest sequence; the rules stand in {@link
 * AttentionSplit}.
 */
final class AttentionSplits {
  private final int cores;
  private final int sequences;
  private final int group;
  private final int kvHeads;
  private final long items;
  private final int keys;
  private final int blocks;
  private final int asked;

  /**
   * Counts what the rules look at.
   *
   * @param sets items of the queries of one key-value head of a sequence
   * @param keys keys of the longest sequence that are seen
   * @param keyTile keys of a block
   */
  AttentionSplits(
      final Attention op, final int cores, final int sets, final int keys, final int keyTile) {
    this.cores = cores;
    this.keys = keys;
    sequences = op.sequences().size();
    group = op.groupSize();
    kvHeads = op.kvHeads();
    items = (long) sequences * kvHeads * sets;
    blocks = MatMulGrid.ceil(keys, keyTile);
    asked = Math.max(1, op.asked().parts());
  }

  int parts(final AttentionSplit rule) {
    if (rule instanceof AttentionSplit.EqualShares shares) {
      return equalShares(shares);
    }
    if (rule instanceof AttentionSplit.BestWave wave) {
      return bestWave(wave);
    }
    if (rule instanceof AttentionSplit.Balanced balanced) {
      return balanced(balanced);
    }
    if (rule instanceof AttentionSplit.Asked) {
      return asked;
    }
    return rule instanceof AttentionSplit.Fill fill ? fill(fill) : 1;
  }

  private int equalShares(final AttentionSplit.EqualShares rule) {
    if (sequences >= rule.batchBelow()) {
      return 1;
    }
    final double share = Math.ceil(rule.headroom() * items * blocks / cores);
    return clip((long) Math.ceil(blocks / share), rule.most());
  }

  private int bestWave(final AttentionSplit.BestWave rule) {
    final int places = cores * rule.places();
    if (group == 1 || items >= rule.full() * places) {
      return 1;
    }
    final int most = Math.min(Math.min(blocks, rule.most()), places);
    double best = 0;
    for (int parts = 1; parts <= most; parts++) {
      best = Math.max(best, shorter(parts) ? waveEfficiency(parts, places) : 0);
    }
    int parts = 1;
    while (parts < most
        && !(shorter(parts) && waveEfficiency(parts, places) >= rule.good() * best)) {
      parts++;
    }
    return parts;
  }

  /** Whether so many parts are shorter than one part fewer. */
  private boolean shorter(final int parts) {
    return parts == 1 || MatMulGrid.ceil(blocks, parts) != MatMulGrid.ceil(blocks, parts - 1);
  }

  private double waveEfficiency(final int parts, final int places) {
    final double waves = (double) items * parts / places;
    return waves / Math.ceil(waves);
  }

  private int balanced(final AttentionSplit.Balanced rule) {
    final long units = (long) sequences * kvHeads;
    long parts = keys / rule.tokens();
    parts = Math.max(1, Math.min(parts, Math.round(Math.sqrt((double) rule.growth() * parts))));
    final double filled = (double) units * parts / cores / rule.perCore();
    if (filled > 1) {
      parts = (long) Math.floor(parts / filled);
    }
    return clip(Math.min(parts, rule.most() / sequences), Integer.MAX_VALUE);
  }

  private int fill(final AttentionSplit.Fill rule) {
    return rule.up()
        ? clip((cores + items - 1) / items, keys / rule.tokens())
        : clip(cores / items, MatMulGrid.ceil(keys, rule.tokens()));
  }

  private static int clip(final long parts, final int most) {
    return (int) Math.max(1, Math.min(parts, most));
  }
}
