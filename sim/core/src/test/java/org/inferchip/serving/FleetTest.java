package org.inferchip.serving;

import static org.inferchip.serving.Bench.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several instances behind a router, against queueing theory. */
class FleetTest {
  private static final int REPLICATIONS = 30;

  /** One request at a time, each of one step of a millisecond: a server with constant service. */
  private static final ServingConfig SERVER =
      new ServingConfig.Builder(64, 1, 1000, 1000).blockTokens(1).build();

  private static RunResult run(
      final Trace trace,
      final ServingConfig config,
      final int instances,
      final RouterPolicy policy,
      final long seed) {
    final Pool pool = new Pool(Bench.SYSTEM, 1, config, Bench.everyStep(MILLISECOND), instances);
    final RunResult result = Serving.run(trace, new Deployment(pool, policy, seed), ended -> {});
    assertEquals(List.of(), result.violations());
    return result;
  }

  /** Arrivals of a Poisson process, so many a millisecond. */
  private static Trace poisson(final double rate, final int count, final int seed) {
    final Random random = new Random(seed);
    final List<Request> requests = new ArrayList<>();
    double nanos = 0;
    for (int i = 0; i < count; i++) {
      nanos += -StrictMath.log(1 - random.nextDouble()) * 1e6 / rate;
      requests.add(Bench.request(i, (long) nanos, 1, 1));
    }
    return Bench.trace(requests);
  }

  /** Mean and standard error of the wait over independent runs, in services. */
  private static double[] wait(final double rho, final int servers, final RouterPolicy policy) {
    final double[] means = new double[REPLICATIONS];
    for (int seed = 0; seed < REPLICATIONS; seed++) {
      final Trace trace = poisson(rho * servers, 3000 * servers, seed);
      means[seed] = run(trace, SERVER, servers, policy, seed).latencies().queueing().mean();
    }
    final double mean = Arrays.stream(means).average().orElseThrow();
    final double variance =
        Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum() / (REPLICATIONS - 1);
    return new double[] {mean, Math.sqrt(variance / REPLICATIONS)};
  }

  /** Mean wait of M/D/1 in services (Pollaczek and Khinchine). */
  private static double md1(final double rho) {
    return rho / (2 * (1 - rho));
  }

  /**
   * Mean wait of M/D/c in services: Crommelin 1932, the sum over i of e^-ia times (the sum from j =
   * ic of (ia)^j / j! less c / a times the same from ic + 1), with a = c rho.
   */
  private static double mdc(final double rho, final int c) {
    final double a = c * rho;
    double sum = 0;
    for (int i = 1; i * a < 700; i++) { // e^-ia is still a number
      double term = Math.exp(-i * a);
      double upTo = 0;
      for (int j = 0; j < i * c; j++) {
        upTo += term;
        term *= i * a / (j + 1);
      }
      // Here term is that of j = ic; both tails are what is missing to 1.
      sum += 1 - upTo - (1 - upTo - term) / rho;
    }
    return sum;
  }

  @Test
  void shouldHaveRightClosedForms() {
    assertEquals(md1(0.7), mdc(0.7, 1), 1e-9);
    // Tables of M/D/c (Tijms 1994, A First Course in Stochastic Models): wait over that of M/M/c is
    // about a half; for c = 2 and load 0.8 the wait of M/M/2 is 1.7778 services.
    assertEquals(0.5, mdc(0.8, 2) / 1.7778, 0.02);
  }

  @Test
  void shouldWaitAsSeparateQueuesWhenDealtAtRandom() {
    // A Poisson process that is split at random is Poisson: each replica is M/D/1 at the same load.
    final double[] seen = wait(0.7, 4, RouterPolicy.RANDOM);
    assertEquals(md1(0.7), seen[0], 3 * seen[1]);
    assertTrue(seen[1] < 0.02, "too wide to mean anything: " + seen[1]);
  }

  @Test
  void shouldWaitAsOneQueueOfManyServersWhenDealtRound() {
    // With equal services M/D/c serves every c-th customer at the same server.
    for (final int servers : new int[] {2, 4}) {
      final double[] seen = wait(0.8, servers, RouterPolicy.ROUND_ROBIN);
      assertEquals(mdc(0.8, servers), seen[0], 3 * seen[1]);
      assertTrue(seen[1] < 0.02, "too wide to mean anything: " + seen[1]);
    }
  }

  @Test
  void shouldWaitBetweenOneQueueAndSeparateOnesWhenJoiningTheShortest() {
    final double[] seen = wait(0.8, 4, RouterPolicy.LEAST_REQUESTS);
    assertTrue(seen[0] > mdc(0.8, 4) - 3 * seen[1], "less than M/D/4: " + seen[0]);
    assertTrue(seen[0] < md1(0.8) / 2, "little better than M/D/1: " + seen[0]);
  }

  @Test
  void shouldFollowLindleysRecursionToThePicosecond() {
    final Trace trace = poisson(2.7, 5000, 11);
    final RunResult result = run(trace, SERVER, 3, RouterPolicy.ROUND_ROBIN, 1);
    final long[] free = new long[3];
    for (int i = 0; i < result.records().size(); i++) {
      final RequestRecord record = result.records().get(i);
      final long start = Math.max(record.arrivalPicos(), free[i % 3]);
      free[i % 3] = start + MILLISECOND;
      assertEquals(free[i % 3], record.lastTokenPicos());
    }
  }

  @Test
  void shouldComputeAPrefixOnceInAllWhereItIsKnown() {
    // 40 rounds of one group's prompt: 64 tokens of which 48 are the group's, well apart.
    final List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      requests.add(Bench.request(i, i * 10_000_000L, 64, 2, List.of(), 0, 48));
    }
    final ServingConfig cached =
        new ServingConfig.Builder(256, 8, 1000, 1000).prefixes(Prefixes.CACHED).build();
    final Trace trace = Bench.trace(requests);
    final long whole = 40 * 64;
    // Each replica computes the 48 tokens once, and finds them after that.
    assertEquals(
        whole - 36 * 48,
        run(trace, cached, 4, RouterPolicy.ROUND_ROBIN, 1).occupancy().prefillTokens());
    for (final RouterPolicy sticky : List.of(RouterPolicy.PREFIX, RouterPolicy.SESSION)) {
      final RunResult result = run(trace, cached, 4, sticky, 1);
      assertEquals(whole - 39 * 48, result.occupancy().prefillTokens());
      assertEquals(
          List.of(0L, 0L, 0L, 40L),
          result.instances().stream().map(InstanceUse::requests).sorted().toList());
    }
  }

  @Test
  void shouldLevelTokensWhereRequestsAreUnlike() {
    // Long and short prompts in turn: dealt round, one replica of two has all the long ones.
    final int[][] rows = new int[60][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new int[] {0, i % 2 == 0 ? 60 : 2, 1};
    }
    final Trace trace = Bench.trace(rows);
    final RunResult round = run(trace, SERVER, 2, RouterPolicy.ROUND_ROBIN, 1);
    assertEquals(1800, round.instances().get(0).prefillTokens());
    final RunResult level = run(trace, SERVER, 2, RouterPolicy.LEAST_TOKENS, 1);
    // Greedy leaves no more between them than the longest prompt.
    final long gap =
        level.instances().get(0).prefillTokens() - level.instances().get(1).prefillTokens();
    assertTrue(Math.abs(gap) <= 60, "tokens apart: " + gap);
  }

  @Test
  void shouldDrawIdlePowerOfEveryInstance() {
    // 100 W at rest each; steps take nothing but 0.1 J.
    final Trace trace = Bench.trace(new int[] {0, 1, 1}, new int[] {9, 1, 1});
    final RunResult result = run(trace, SERVER, 3, RouterPolicy.ROUND_ROBIN, 1);
    assertEquals(3, result.chips());
    assertEquals(3 * 100 * 0.010, result.energy().chips().idle(), 1e-12);
    assertEquals(300 + 0.2 / 0.010, result.energy().watts().chip(), 1e-9);
    assertEquals(
        result.energy().watts().chip(),
        result.instances().stream().mapToDouble(one -> one.watts().chip()).sum(),
        1e-9);
  }

  @ParameterizedTest
  @EnumSource(RouterPolicy.class)
  void shouldKeepEveryLawAndGiveTheSameTwice(final RouterPolicy policy) {
    for (int seed = 0; seed < 60; seed++) {
      final RunResult result = random(policy, seed);
      assertEquals(List.of(), result.violations(), "seed " + seed);
      assertEquals(result, random(policy, seed));
      assertEquals(
          result.occupancy().prefillTokens(),
          result.instances().stream().mapToLong(InstanceUse::prefillTokens).sum());
    }
  }

  private static RunResult random(final RouterPolicy policy, final int seed) {
    final Random random = new Random(seed);
    final Trace trace = ServingLawsTest.randomTrace(random);
    final ServingConfig config = ServingLawsTest.randomConfig(random);
    final Pool pool = new Pool(Bench.SYSTEM, 1, config, Bench.byWork(), 1 + random.nextInt(5));
    return Serving.run(trace, new Deployment(pool, policy, seed), ended -> {});
  }
}
