package org.inferchip.simulation;

import java.util.Arrays;
import java.util.Collections;
import org.inferchip.lowering.StepShape;

/**
 * Costs of steps of several ranks of data-parallel attention, which step together:
 *
 * <pre>
 *   time = slowest rank's own work (that with most tokens)
 *          + exchange, of as many tokens of each rank as the slowest has
 *          + experts, of the tokens of all ranks
 *   work = all ranks' own, exchange by tokens, experts
 * </pre>
 *
 * Sequences are dealt over the ranks anew in every step ({@link RankedStep}), as if the cache of
 * each could hold any of them; a prompt's chunk stays on one rank, while the others decode or wait.
 */
final class RankedCosts {
  private final StepOperators operators;
  private final StepCurves curves;
  private final StepLayout layout;
  private final int ranks;
  private final CostCurve exchange;
  private final CostCurve experts;
  private final StepBatch[] own;
  private final double[] rankCost;
  private final double[] common;

  /**
   * Costs of so many ranks.
   *
   * @param tokens most of a rank in a step
   */
  RankedCosts(
      final StepOperators operators, final StepCurves curves, final int ranks, final int tokens) {
    this.operators = operators;
    this.curves = curves;
    this.layout = operators.layout();
    this.ranks = ranks;
    exchange = new CostCurve(Knots.tokens(tokens), operators::exchange);
    experts = new CostCurve(Knots.tokens(tokens * ranks), operators::experts);
    own = new StepBatch[ranks];
    for (int rank = 0; rank < ranks; rank++) {
      own[rank] = new StepBatch();
    }
    rankCost = new double[layout.size()];
    common = new double[layout.size()];
  }

  /** Adds a step's cost to an empty vector; gives what the slowest rank has of it. */
  StepBatch cost(final StepBatch batch, final double[] to) {
    Arrays.fill(to, 0);
    final int slowest = deal(batch);
    for (int rank = 0; rank < ranks; rank++) {
      if (own[rank].tokens() > 0) {
        curves.step(own[rank], rankCost);
        layout.addRank(to, rankCost, 1, rank == slowest);
      }
    }
    final int most = own[slowest].tokens();
    Arrays.fill(common, 0);
    exchange.addTo(common, most);
    layout.addRank(to, common, (double) batch.tokens() / ((double) most * ranks), true);
    experts.addTo(to, batch.tokens());
    if (batch.drafts() > 0 && batch.decodes() > 0) {
      Arrays.fill(common, 0);
      exchange.addTo(common, Math.max(1, own[slowest].decodes()));
      experts.addTo(common, batch.decodes());
      CostCurve.add(to, common, curves.drafted(batch));
    }
    return own[slowest];
  }

  /** The cost of a step without interpolation. */
  double[] exact(final StepShape shape) {
    final RankedStep ranked = RankedStep.of(shape, ranks);
    final int most = Collections.max(ranked.tokens());
    final double[] exact =
        operators.step(ranked.fullest(), operators.padded(most, ranked.fullest().hasPrompts()));
    CostCurve.add(exact, operators.exchange(most), 1);
    final int all = ranked.tokens().stream().mapToInt(Integer::intValue).sum();
    CostCurve.add(exact, operators.experts(all), 1);
    return exact;
  }

  /** Deals a step as {@link RankedStep} does; gives the rank with most tokens. */
  private int deal(final StepBatch batch) {
    for (final StepBatch one : own) {
      one.clear();
      one.draft(batch.drafts());
    }
    final Integer[] chunks = new Integer[batch.chunks()];
    Arrays.setAll(chunks, i -> i);
    Arrays.sort(chunks, (x, y) -> Integer.compare(batch.chunkTokens(y), batch.chunkTokens(x)));
    for (final int chunk : chunks) {
      own[least()].addPrefill(
          batch.chunkTokens(chunk), batch.chunkContext(chunk), batch.chunkSampled(chunk));
    }
    for (int decode = 0; decode < batch.decodes(); decode++) {
      own[least()].addDecode(batch.decodeContext(decode));
    }
    int most = 0;
    for (int rank = 1; rank < ranks; rank++) {
      most = own[rank].tokens() > own[most].tokens() ? rank : most;
    }
    return most;
  }

  private int least() {
    int least = 0;
    for (int rank = 1; rank < ranks; rank++) {
      least = own[rank].tokens() < own[least].tokens() ? rank : least;
    }
    return least;
  }
}
