package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inferchip.arch.Offload;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.model.Model;
import org.inferchip.model.Models;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;

/**
 * Llama-3.1-405B: 126 layers of two products of 16,384 x 16,384, two of 16,384 x 1,024, three of
 * 16,384 x 53,248 and two norms, on a wafer of 40 GB with links of 150 GB/s, of which streams get
 * 90 %, after 5 us.
 */
class WeightStreamingTest {
  private static final int CASES = 200;
  private static final int LAYERS = 126;
  private static final double LAYER =
      2.0 * (2.0 * 16_384 * 16_384 + 2.0 * 16_384 * 1024 + 3.0 * 16_384 * 53_248 + 2 * 16_384);
  private static final double COPY = 5e6 + 1e12 * LAYER / (150e9 * 0.9);

  private static SystemDescription system(final String... set) {
    return Descriptions.here()
        .system("cerebras-cs3-streaming", Optional.empty(), Overrides.parse(List.of(set)))
        .value();
  }

  private static Plan plan(final String model, final String... set) {
    return Plan.of(system(set), model(model), Plan.Wishes.NONE);
  }

  private static Model model(final String name) {
    return Models.here().read(name).model();
  }

  private static StepTime prompt(final Plan plan, final int tokens) {
    final OperatorSimulator operators =
        new OperatorSimulator(plan.system().chip(), plan.system().stack(), Detail.FOLDED, Map.of());
    return prompt(plan, operators, tokens);
  }

  private static StepTime prompt(
      final Plan plan, final OperatorSimulator operators, final int tokens) {
    final StepBatch batch = new StepBatch();
    batch.addPrefill(tokens, 0, true);
    final StepTime time = new StepTime();
    new StepSimulator(plan, operators, false).cost(batch, time);
    return time;
  }

  @Test
  void shouldTakeTheTimeOfTheStreamWhereLayersComputeFaster() {
    final Plan plan = plan("llama-3.1-405b");
    final StepTime time = prompt(plan, 1);
    assertEquals(LAYERS * COPY, time.latencyPicos(), 0.001 * LAYERS * COPY);
    assertTrue(time.latencyPicos() >= 1e12 * LAYERS * LAYER / 150e9, "weights over the rate");
    assertTrue(plan.layout().contains("streamed from MemoryX over SwarmX"), plan.layout());
  }

  @Test
  void shouldHideTheStreamBehindLayersThatTakeLonger() {
    final String[] fast = {
      "chip.scale_up.bandwidth=150 TB/s", "enclosure.memory.bandwidth=150 TB/s"
    };
    final double copies = LAYERS * (5e6 + (COPY - 5e6) / 1000);
    final Plan plan = plan("llama-3.1-405b", fast);
    final double layers = prompt(plan, 2048).latencyPicos();
    // 2 x 2,048 operations for each weight, at most 15.8 POP/s of them.
    final double arithmetic = 1e12 * 2048 * LAYERS * LAYER / 15.8e15;
    assertTrue(layers > arithmetic && arithmetic > copies, "bound by arithmetic");
    final Plan faster =
        plan(
            "llama-3.1-405b",
            "chip.scale_up.bandwidth=1500 TB/s",
            "enclosure.memory.bandwidth=1500 TB/s");
    assertEquals(1, layers / prompt(faster, 2048).latencyPicos(), 0.001);
  }

  @Test
  void shouldKeepOnTheWaferWhatFits() {
    final Plan plan = plan("llama-3.1-8b");
    assertTrue(plan.offload().none());
    assertTrue(plan.regions() > 1);
    assertTrue(plan.layout().endsWith("weights resident"), plan.layout());
  }

  @Test
  void shouldHoldTwoLayersAndTheCacheOnTheWafer() {
    final Plan plan = plan("llama-3.1-405b");
    // Embedding and head: 128,256 x 16,384 each; a norm.
    final double resident = 2.0 * (2.0 * 128_256 * 16_384 + 16_384) + 2 * LAYER;
    assertEquals(resident, plan.weightBytes(), 4);
    // 126 layers, 8 heads of 128 for keys and for values.
    assertEquals(2.0 * LAYERS * 2 * 8 * 128, plan.kvBytesPerToken());
  }

  @Test
  void shouldRefuseAModelThatTheMemoryBesideCannotHold() {
    assertThrows(
        InvalidInputException.class,
        () -> plan("llama-3.1-405b", "enclosure.memory.capacity=800 GB"));
  }

  /** Llama-3.2-1B: 16 layers of 60,821,504 weights, streamed although they would fit. */
  @Test
  void shouldNotBeSlowerWithAFasterStreamNorFasterThanItOrItsLayers() {
    final SplittableRandom random = new SplittableRandom(5);
    final double weights = 2.0 * 16 * 60_821_504;
    final int[] sizes = {1, 16, 256, 2048};
    final Plan base = streamed(150);
    final OperatorSimulator operators =
        new OperatorSimulator(base.system().chip(), base.system().stack(), Detail.FOLDED, Map.of());
    final Plan near =
        Plan.of(
            base.system(),
            model("llama-3.2-1b"),
            new Plan.Wishes(Optional.of(1), Optional.of(1), Optional.empty()));
    for (int i = 0; i < CASES; i++) {
      final int tokens = sizes[random.nextInt(sizes.length)];
      final double rate = 1 + random.nextInt(130);
      final long slow = prompt(streamed(rate), operators, tokens).latencyPicos();
      final long fast = prompt(streamed(2 * rate), operators, tokens).latencyPicos();
      final long resident = prompt(near, operators, tokens).latencyPicos();
      final double stream = 1e12 * weights / (Math.min(rate, 150) * 1e9);
      final String words = tokens + " tokens at " + rate + " GB/s";
      assertTrue(fast <= slow, words);
      assertTrue(slow >= stream && slow >= resident, words);
      assertTrue(slow <= resident + 16 * 5e6 + stream / 0.9 + 16, words);
    }
  }

  private static Plan streamed(final double gigabytesPerSecond) {
    return Plan.of(
        system("enclosure.memory.bandwidth=" + gigabytesPerSecond + " GB/s"),
        model("llama-3.2-1b"),
        new Plan.Wishes(
            Optional.of(1),
            Optional.of(1),
            Optional.empty(),
            Plan.Ranks.ONE,
            new Offload(Optional.of(1.0), Optional.empty())));
  }
}
