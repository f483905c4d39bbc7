package org.inferchip.serving;

import static org.inferchip.serving.Bench.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.inferchip.serving.Deployment.Prefill;
import org.inferchip.serving.RequestRecord.Outcome;
import org.inferchip.simulation.StepCost;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts computed by some instances and decoded by others. */
class HandoverTest {
  /** 10 kB a token over 1 GB/s: 10 us a token; 100 us on the way. */
  private static final long TOKEN = 10_000_000;

  private static final long LATENCY = 100_000_000;

  private static Handover link(final int layers) {
    return new Handover(1e9, LATENCY, layers, (tokens, cached) -> 10_000L * (tokens - cached));
  }

  private static ServingConfig config(final int seats, final int blocks) {
    return new ServingConfig.Builder(256, seats, blocks, 2000).blockTokens(1).build();
  }

  private static Pool pool(final ServingConfig config, final StepCost cost, final int instances) {
    return new Pool(Bench.SYSTEM, 1, config, cost, instances);
  }

  private static RunResult run(
      final Trace trace, final Handover link, final ServingConfig prefill, final ServingConfig to) {
    final StepCost step = Bench.everyStep(MILLISECOND);
    final RunResult result =
        Serving.run(
            trace,
            new Deployment(
                pool(to, step, 1),
                RouterPolicy.LEAST_REQUESTS,
                1,
                Optional.of(new Prefill(pool(prefill, step, 1), link))),
            ended -> {});
    assertEquals(List.of(), result.violations());
    return result;
  }

  @Test
  void shouldSendTheCacheAfterTheFirstToken() {
    final RunResult result =
        run(Bench.trace(new int[] {0, 100, 3}), link(1), config(8, 1000), config(8, 1000));
    final RequestRecord record = result.records().get(0);
    assertEquals(MILLISECOND, record.firstTokenPicos());
    // 1 ms of prompt, 100 tokens x 10 us, 0.1 ms of latency, then a step a token.
    assertEquals(MILLISECOND + 100 * TOKEN + LATENCY + MILLISECOND, record.secondTokenPicos());
    assertEquals(record.secondTokenPicos() + MILLISECOND, record.lastTokenPicos());
    final HandoverUse use = result.handover().orElseThrow();
    assertEquals(1_000_000, use.bytes());
    assertEquals(1, use.requests());
    assertEquals(1.1, use.transfer(), 1e-12);
    assertEquals(2, use.decode(), 1e-12);
  }

  @Test
  void shouldHandOverNothingOfARequestOfOneToken() {
    for (final int layers : new int[] {1, 8}) {
      final RunResult result =
          run(Bench.trace(new int[] {0, 100, 1}), link(layers), config(8, 1000), config(8, 1000));
      assertEquals(0, result.handover().orElseThrow().bytes());
      assertEquals(MILLISECOND, result.records().get(0).lastTokenPicos());
    }
  }

  /** Each layer is sent when it is computed and the port has sent the one before it. */
  private static long byLayer(final long prompt, final long wire, final int layers) {
    double port = 0;
    for (int layer = 1; layer <= layers; layer++) {
      port = Math.max(port, (double) prompt * layer / layers) + (double) wire / layers;
    }
    return Math.round(port);
  }

  @Test
  void shouldOverlapLayersAsAPipelineOfTwoStages() {
    for (final int layers : new int[] {2, 7, 32, 126}) {
      for (final int prompt : new int[] {1, 10, 60, 99, 100, 101, 150, 256}) {
        final RunResult result =
            run(
                Bench.trace(new int[] {0, prompt, 2}),
                link(layers),
                config(8, 1000),
                config(8, 1000));
        final long expected = byLayer(MILLISECOND, prompt * TOKEN, layers) + LATENCY;
        final long seen = result.records().get(0).lastTokenPicos() - MILLISECOND;
        assertEquals(expected, seen, layers, prompt + " tokens, " + layers + " layers");
      }
    }
  }

  @Test
  void shouldPassOneCacheAtATimeThroughAPort() {
    // Three prompts of one step: their caches, 0.5 ms each, go one after the other.
    final RunResult result =
        run(
            Bench.trace(new int[] {0, 50, 2}, new int[] {0, 50, 2}, new int[] {0, 50, 2}),
            link(1),
            config(8, 1000),
            config(8, 1000));
    final HandoverUse use = result.handover().orElseThrow();
    assertEquals((0 + 0.5 + 1) / 3, use.link(), 1e-12);
    assertEquals(1.5 * MILLISECOND, use.senderBusyShare() * duration(result), 1);
  }

  private static double duration(final RunResult result) {
    return result.rates().durationSeconds() * 1e12;
  }

  @Test
  void shouldHoldPromptsBackWhereDecodingHasNoRoom() {
    // The cache of the decoder holds one request, that of the other side two prompts: the third
    // prompt is not computed before the first request has gone and the second's cache with it.
    final Trace trace =
        Bench.trace(new int[] {0, 100, 11}, new int[] {0, 100, 11}, new int[] {0, 100, 11});
    final RunResult result = run(trace, link(1), config(8, 200), config(8, 120));
    final List<RequestRecord> records = result.records();
    final long firstOver = MILLISECOND + 100 * TOKEN + LATENCY;
    assertEquals(firstOver + 10 * MILLISECOND, records.get(0).lastTokenPicos());
    // The port's first transfer frees the blocks that the third prompt waits for.
    assertEquals(firstOver, records.get(2).scheduledPicos());
    final long secondOver = records.get(0).lastTokenPicos() + 100 * TOKEN + LATENCY;
    assertEquals(secondOver + 10 * MILLISECOND, records.get(1).lastTokenPicos());
    assertTrue(result.handover().orElseThrow().room() > 0);
  }

  @Test
  void shouldNotQueueAtTheSecondOfTwoEqualServers() {
    // Constant and equal services in tandem: nobody waits at the second (Friedman 1965).
    final Random random = new Random(3);
    final List<Request> requests = new ArrayList<>();
    double nanos = 0;
    for (int i = 0; i < 3000; i++) {
      nanos += -StrictMath.log(1 - random.nextDouble()) * 1e6 / 0.9;
      requests.add(Bench.request(i, (long) nanos, 1, 2));
    }
    final RunResult result = run(Bench.trace(requests), link(1), config(1, 1000), config(1, 1000));
    for (final RequestRecord record : result.records()) {
      assertEquals(
          record.firstTokenPicos() + TOKEN + LATENCY + MILLISECOND, record.lastTokenPicos());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldKeepEveryLawWhateverTheConfiguration(final int block) {
    int compared = 0;
    for (int seed = 100 * block; seed < 100 * block + 100; seed++) {
      final RunResult result = random(seed);
      assertEquals(List.of(), result.violations(), "seed " + seed);
      assertEquals(result, random(seed));
      final HandoverUse use = result.handover().orElseThrow();
      long prompts = 0;
      for (final RequestRecord record : result.records()) {
        if (record.outcome() == Outcome.COMPLETED && record.outputTokens() > 1) {
          prompts += record.promptTokens();
        }
      }
      if (result.counts().unfinished() == 0) {
        assertEquals(10_000 * (prompts - use.cachedTokens()), use.bytes(), "seed " + seed);
        compared++;
      }
      assertEquals(
          result.latencies().e2e().count() == 0 ? 0 : result.latencies().e2e().mean(),
          use.queueing() + use.prefill() + use.room() + use.link() + use.transfer() + use.decode(),
          1e-6,
          "seed " + seed);
    }
    assertTrue(compared > 50);
  }

  private static RunResult random(final int seed) {
    final Random random = new Random(seed);
    final Trace trace = ServingLawsTest.randomTrace(random);
    final ServingConfig prefill = preempting(random);
    ServingConfig decode = preempting(random);
    while (decode.horizonPicos() != prefill.horizonPicos()) {
      decode = preempting(random);
    }
    final RouterPolicy router = RouterPolicy.values()[random.nextInt(RouterPolicy.values().length)];
    final int layers = random.nextBoolean() ? 1 : 1 + random.nextInt(40);
    return Serving.run(
        trace,
        new Deployment(
            pool(decode, Bench.byWork(), 1 + random.nextInt(3)),
            router,
            seed,
            Optional.of(
                new Prefill(pool(prefill, Bench.byWork(), 1 + random.nextInt(3)), link(layers)))),
        ended -> {});
  }

  private static ServingConfig preempting(final Random random) {
    ServingConfig config = ServingLawsTest.randomConfig(random);
    while (config.policy() == Policy.STATIC) {
      config = ServingLawsTest.randomConfig(random);
    }
    return config;
  }
}
