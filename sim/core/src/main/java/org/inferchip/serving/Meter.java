package org.inferchip.serving;

import java.util.Arrays;
import java.util.List;

/**
 * Integrals over simulated time. The clock never goes back.
 *
 * <p>The number in the system is also integrated in whole picoseconds modulo 2^64: Little's law is
 * then an identity that can be checked exactly, whatever overflows.
 */
final class Meter {
  static final int QUARTERS = 4;

  private final Queues queues;
  private final KvBlocks blocks;
  private final long[] quarterEnds;
  private final double[] quarterWaiting = new double[QUARTERS];
  private int quarter;
  private long now;
  private final long startPicos;
  private long systemArea;
  private double waitingArea;
  private double runningArea;
  private double blockArea;
  private long busyPicos;
  private int peakWaiting;
  private int peakBlocks;

  /**
   * A meter at time 0.
   *
   * @param spanStart first arrival
   * @param spanEnd last arrival that is known beforehand; its quarters are metered apart
   */
  Meter(final Queues queues, final KvBlocks blocks, final long spanStart, final long spanEnd) {
    this.queues = queues;
    this.blocks = blocks;
    quarterEnds = new long[QUARTERS];
    for (int i = 0; i < QUARTERS; i++) {
      quarterEnds[i] = spanStart + (spanEnd - spanStart) / QUARTERS * (i + 1);
    }
    now = spanStart;
    startPicos = spanStart;
  }

  /** Moves the clock; the state has been the same since it last moved. */
  void advance(final long picos, final boolean busy) {
    if (picos < now) {
      throw new IllegalStateException("clock goes back from " + now + " to " + picos + " ps");
    }
    meterQuarters(picos);
    final long elapsed = picos - now;
    systemArea += elapsed * (queues.waiting() + queues.running());
    waitingArea += (double) elapsed * queues.waiting();
    runningArea += (double) elapsed * queues.running();
    blockArea += (double) elapsed * blocks.used();
    if (busy) {
      busyPicos += elapsed;
    }
    now = picos;
  }

  /** Notes the state after a step was scheduled or a request arrived. */
  void notePeaks() {
    peakWaiting = Math.max(peakWaiting, queues.waiting());
    peakBlocks = Math.max(peakBlocks, blocks.used());
  }

  long now() {
    return now;
  }

  long startPicos() {
    return startPicos;
  }

  /** From the first arrival until now. */
  long durationPicos() {
    return now - startPicos;
  }

  /** Requests in the system x picoseconds, modulo 2^64. */
  long systemArea() {
    return systemArea;
  }

  double meanWaiting() {
    return mean(waitingArea);
  }

  double meanRunning() {
    return mean(runningArea);
  }

  double meanBlocks() {
    return mean(blockArea);
  }

  double busyShare() {
    return mean(busyPicos);
  }

  int peakWaiting() {
    return peakWaiting;
  }

  int peakBlocks() {
    return peakBlocks;
  }

  /**
   * Whether the queues of instances together grew all the time requests arrived: its average length
   * rose from each quarter of the arrivals to the next, at least doubled from the second to the
   * last, and ended at ten or more. (A queue that grows evenly averages 1 : 3 : 5 : 7.)
   */
  static boolean isSaturated(final List<Meter> meters) {
    final Meter any = meters.get(0);
    final double[] means = new double[QUARTERS];
    final double length = (any.quarterEnds[QUARTERS - 1] - any.startPicos) / (double) QUARTERS;
    Arrays.setAll(
        means,
        i ->
            length == 0
                ? 0
                : meters.stream().mapToDouble(one -> one.quarterWaiting[i]).sum() / length);
    return means[0] < means[1]
        && means[1] < means[2]
        && means[2] < means[3]
        && means[3] >= 2 * means[1]
        && means[3] >= 10;
  }

  private void meterQuarters(final long picos) {
    long from = now;
    while (quarter < QUARTERS && from < picos) {
      final long to = Math.min(picos, quarterEnds[quarter]);
      quarterWaiting[quarter] += (double) Math.max(0, to - from) * queues.waiting();
      if (picos < quarterEnds[quarter]) {
        return;
      }
      from = Math.max(from, to);
      quarter++;
    }
  }

  private double mean(final double area) {
    return durationPicos() == 0 ? 0 : area / durationPicos();
  }
}
