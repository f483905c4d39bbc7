package org.inferchip.explore.uncertainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.inferchip.serving.RunResult;
import org.inferchip.simulation.StepBatch;
import org.inferchip.simulation.StepBounds;
import org.inferchip.simulation.StepCost;
import org.inferchip.simulation.StepLimits;
import org.inferchip.simulation.StepTime;

/**
 * What requests see when steps take longer or shorter: the trace is served again with the time of
 * prompts and of decoding multiplied by factors on a grid of three by three, so that queues grow as
 * they would. Between, logarithms of the figures are linear in the logarithms of both factors on
 * either side of 1, and beyond the grid go on so.
 */
final class Replays {
  private static final double NONE = 1e-6;

  private final double[] prefill;
  private final double[] decode;
  private final double[][][] figures;

  /**
   * What of a run follows the times of its steps.
   *
   * @param run the run
   */
  static double[] figures(final RunResult run) {
    return new double[] {
      run.latencies().ttft().p50(),
      run.latencies().ttft().p99(),
      run.latencies().tpot().p50(),
      run.latencies().e2e().p50(),
      run.rates().durationSeconds(),
      run.occupancy().busyShare(),
      run.occupancy().prefillShare(),
    };
  }

  /**
   * Serves the trace on the grid.
   *
   * @param base as it was
   * @param again serves it with other costs
   * @param prefillLogs moves of the prompts' time in all draws, in logarithms
   * @param decodeLogs moves of decoding's
   */
  Replays(
      final RunResult base,
      final java.util.function.Function<UnaryOperator<StepCost>, RunResult> again,
      final double[] prefillLogs,
      final double[] decodeLogs) {
    prefill = nodes(prefillLogs);
    decode = nodes(decodeLogs);
    figures = new double[prefill.length][decode.length][];
    for (int i = 0; i < prefill.length; i++) {
      for (int j = 0; j < decode.length; j++) {
        final double slowPrefill = StrictMath.exp(prefill[i]);
        final double slowDecode = StrictMath.exp(decode[j]);
        figures[i][j] =
            prefill[i] == 0 && decode[j] == 0
                ? figures(base)
                : figures(again.apply(cost -> new Slowed(cost, slowPrefill, slowDecode)));
      }
    }
  }

  /** 1 % and 99 % of the draws about 0; only 0 where nothing moves. */
  private static double[] nodes(final double[] logs) {
    final double[] sorted = logs.clone();
    Arrays.sort(sorted);
    final double low = Math.min(0, sorted[sorted.length / 100]);
    final double high = Math.max(0, sorted[sorted.length - 1 - sorted.length / 100]);
    final List<Double> nodes = new ArrayList<>();
    if (low < -NONE) {
      nodes.add(low);
    }
    nodes.add(0.0);
    if (high > NONE) {
      nodes.add(high);
    }
    return nodes.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The figures at moves of both times, in logarithms. */
  double[] at(final double prefillLog, final double decodeLog) {
    final int i = cell(prefill, prefillLog);
    final int j = cell(decode, decodeLog);
    final double x = share(prefill, i, prefillLog);
    final double y = share(decode, j, decodeLog);
    final double[] at = new double[figures[0][0].length];
    for (int k = 0; k < at.length; k++) {
      final double low = line(figure(i, j, k), figure(next(prefill, i), j, k), x);
      final double high =
          line(figure(i, next(decode, j), k), figure(next(prefill, i), next(decode, j), k), x);
      at[k] = StrictMath.exp(line(low, high, y));
    }
    return at;
  }

  private double figure(final int i, final int j, final int k) {
    return StrictMath.log(figures[i][j][k]);
  }

  /** Equal ends first: nothing of nothing stays nothing. */
  private static double line(final double from, final double to, final double share) {
    return from == to ? from : from + share * (to - from);
  }

  private static int cell(final double[] nodes, final double log) {
    return nodes.length == 3 && log > nodes[1] ? 1 : 0;
  }

  private static int next(final double[] nodes, final int cell) {
    return Math.min(cell + 1, nodes.length - 1);
  }

  private static double share(final double[] nodes, final int cell, final double log) {
    final int next = next(nodes, cell);
    return next == cell ? 0 : (log - nodes[cell]) / (nodes[next] - nodes[cell]);
  }

  /** Steps whose two kinds of work take other times. */
  private record Slowed(StepCost inner, double prefill, double decode) implements StepCost {
    @Override
    public void cost(final StepBatch batch, final StepTime out) {
      inner.cost(batch, out);
      final double share = out.prefillShare();
      final double factor = share * prefill + (1 - share) * decode;
      final long latency = Math.max(1, Math.round(out.latencyPicos() * factor));
      final long interval = Math.max(1, Math.round(out.intervalPicos() * factor));
      out.set(latency, interval, share * prefill / factor, out.energy());
    }

    @Override
    public java.util.Optional<StepBounds> bounds(final StepLimits limits) {
      final double least = Math.min(prefill, decode);
      final double most = Math.max(prefill, decode);
      return inner
          .bounds(limits)
          .map(
              of ->
                  new StepBounds(
                      (long) Math.floor(of.leastPicos() * least),
                      (long) Math.ceil(of.mostPicos() * most),
                      (long) Math.ceil(of.mostIntervalPicos() * most)));
    }
  }
}
