package org.inferchip.serving;

import static org.inferchip.serving.Bench.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static ServingConfig one(final Map<String, Slo> objectives) {
    return ServingConfig.vllm(1000, 1, 1000, 5000).withObjectives(objectives);
  }

  @Test
  void shouldTakeNearestRankPercentiles() {
    // The textbook case: of 15, 20, 35, 40, 50 the 40th percentile would be 20; p50 is 35.
    final Distribution d =
        Distribution.of(
            new long[] {
              50 * MILLISECOND,
              20 * MILLISECOND,
              15 * MILLISECOND,
              40 * MILLISECOND,
              35 * MILLISECOND
            });
    assertEquals(35, d.p50());
    assertEquals(50, d.p90());
    assertEquals(15, d.min());
    assertEquals(32, d.mean());
    final long[] hundred = new long[100];
    Arrays.setAll(hundred, i -> (i + 1) * MILLISECOND);
    final Distribution of100 = Distribution.of(hundred);
    assertEquals(50, of100.p50());
    assertEquals(90, of100.p90());
    assertEquals(95, of100.p95());
    assertEquals(99, of100.p99());
  }

  @Test
  void shouldSummariseRunsAsTheSamplesThemselves() {
    for (int seed = 0; seed < 50; seed++) {
      final Random random = new Random(seed);
      final long[] samples = new long[1 + random.nextInt(5000)];
      final RunLengths runs = new RunLengths();
      for (int i = 0; i < samples.length; i++) {
        samples[i] =
            i > 0 && random.nextInt(3) > 0 ? samples[i - 1] : random.nextInt(50) * MILLISECOND;
        runs.add(samples[i]);
      }
      assertEquals(Distribution.of(samples), runs.distribution());
    }
  }

  @Test
  void shouldCountRequestsWithoutTpotAndMeetObjectivesExactly() {
    final Slo slo =
        new Slo(
            OptionalLong.of(3 * MILLISECOND), OptionalLong.of(MILLISECOND), OptionalLong.empty());
    // One slot, 1 ms a step: r0 at 1 ms; r1 waits 2 ms, TTFT 3; r2 arrives at 1, TTFT 4.
    final RunResult result =
        Bench.run(
            Bench.trace(
                new int[] {0, 5, 2},
                new int[] {0, 5, 2},
                new int[] {1, 5, 1},
                new int[] {9, 9000, 1}),
            one(Map.of("default", slo)),
            Bench.everyStep(MILLISECOND));
    assertEquals(1, result.counts().withoutTpot());
    assertEquals(2, result.latencies().tpot().count());
    assertEquals(3, result.latencies().ttft().p50());
    assertEquals(4, result.latencies().ttft().max());
    assertEquals(2, result.latencies().itl().count());
    assertEquals(2, result.latencies().ttst().count());
    assertEquals(2, result.latencies().queueing().p50());
    assertEquals(2.0 / 4, result.rates().attainment());
    assertEquals(2 / 9e-3, result.rates().goodputPerSecond(), 1e-9);
    assertEquals(5 / 9e-3, result.rates().outputTokensPerSecond(), 1e-9);
    assertEquals(15 / 9e-3, result.rates().inputTokensPerSecond(), 1e-9);
    // End to end: 2, 4 and 4 ms over 2, 2 and 1 tokens.
    assertEquals(2, result.latencies().normalised().p50());
    assertEquals(7.0 / 3, result.latencies().normalised().mean(), 1e-9);
    assertTrue(result.warnings().toString().contains("99th percentiles"));
  }

  @Test
  void shouldMeterTheCacheOverTime() {
    // 33 tokens hold 3 blocks of 16 from 0 to 2 ms; nothing until 8 ms; 1 block until 9 ms.
    final RunResult result =
        Bench.run(
            Bench.trace(new int[] {0, 33, 2}, new int[] {8, 5, 1}),
            one(Map.of()),
            Bench.everyStep(MILLISECOND));
    assertEquals((3 * 2 + 1) / 9.0 / 1000, result.occupancy().meanKvUtilisation(), 1e-15);
    assertEquals(0.003, result.occupancy().peakKvUtilisation());
    assertEquals(3 / 9.0, result.occupancy().meanInSystem(), 1e-15);
  }

  @Test
  void shouldSayWhenTheQueueGrows() {
    final int[][] rows = new int[400][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new int[] {i, 5, 2};
    }
    final RunResult over =
        Bench.run(Bench.trace(rows), one(Map.of()), Bench.everyStep(MILLISECOND));
    assertTrue(over.occupancy().saturated());
    assertTrue(over.warnings().toString().contains("saturated"));
    final RunResult under =
        Bench.run(Bench.trace(rows), one(Map.of()), Bench.everyStep(MILLISECOND / 3));
    assertFalse(under.occupancy().saturated());
  }

  @Test
  void shouldWaitAsAnMd1Queue() {
    // Poisson arrivals, one slot, one token each: mean wait = D rho / (2 (1 - rho)). The variance
    // of
    // an average over dependent waits is taken from independent replications.
    final double rho = 0.7;
    final int replications = 40;
    final double[] means = new double[replications];
    for (int seed = 0; seed < replications; seed++) {
      final Random random = new Random(seed);
      final java.util.List<org.inferchip.trace.Request> requests = new java.util.ArrayList<>();
      double nanos = 0;
      for (int i = 0; i < 4000; i++) {
        nanos += -StrictMath.log(1 - random.nextDouble()) * 1e6 / rho;
        requests.add(Bench.request(i, (long) nanos, 1, 1));
      }
      final RunResult result =
          Bench.run(Bench.trace(requests), one(Map.of()), Bench.everyStep(MILLISECOND));
      assertEquals(java.util.List.of(), result.violations());
      means[seed] = result.latencies().queueing().mean();
    }
    final double mean = Arrays.stream(means).average().orElseThrow();
    final double variance =
        Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum() / (replications - 1);
    final double sigma = Math.sqrt(variance / replications);
    assertEquals(rho / (2 * (1 - rho)), mean, 3 * sigma);
    assertTrue(sigma < 0.03, "too wide to mean anything: " + sigma);
  }
}
