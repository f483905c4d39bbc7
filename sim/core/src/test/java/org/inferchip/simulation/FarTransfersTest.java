package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Offload;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.Model;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;

/**
 * Llama-3.2-1B: 16 layers of 60,821,504 weights (2,048 x 2,048 twice, 2,048 x 512 twice, three of
 * 2,048 x 8,192, two norms), 32,768 bytes of cache a token in bf16.
 */
final class FarTransfersTest {
  private static final Model MODEL = Models.here().read("llama-3.2-1b").model();
  private static final int LAYERS = 16;
  private static final double LAYER = 60_821_504.0 * 2;
  private static final double TOKEN = 32_768;
  private static final int BATCH = 4;
  private static final int CONTEXT = 64;

  private static SystemDescription system(final String name) {
    return Descriptions.here().system(name, Optional.empty(), Overrides.none()).value();
  }

  private static Plan plan(
      final SystemDescription system, final double weights, final double cache) {
    return Plan.of(
        system,
        MODEL,
        new Plan.Wishes(
            Optional.of(1),
            Optional.of(1),
            Optional.of(Format.BF16),
            Plan.Ranks.ONE,
            new Offload(Optional.of(weights), Optional.of(cache))));
  }

  private static StepTime step(final Plan plan, final long in, final long out) {
    final StepBatch batch = new StepBatch();
    for (int i = 0; i < BATCH; i++) {
      batch.addDecode(CONTEXT - 1);
    }
    batch.swap(in, out);
    final StepTime time = new StepTime();
    new StepSimulator(
            plan,
            new OperatorSimulator(
                plan.system().chip(), plan.system().stack(), Detail.FOLDED, Map.of()))
        .cost(batch, time);
    return time;
  }

  @Test
  void shouldKeepTwoLayersOfWhatItCopies() {
    final SystemDescription h100 = system("h100-sxm");
    final Plan whole = plan(h100, 0, 0);
    assertEquals((LAYERS - 2) * LAYER, whole.weightBytes() - plan(h100, 1, 0).weightBytes(), 1);
    assertEquals(
        (LAYERS - 2) * LAYER / 4, whole.weightBytes() - plan(h100, 0.25, 0).weightBytes(), 1);
    assertTrue(plan(h100, 1, 0).kvTokens() > whole.kvTokens());
  }

  @Test
  void shouldTakeTheTimeOfTheLinkWhereThatIsTheSlowest() {
    // 63 GB/s, of which copies get 85 %, and 1 us for each.
    final double copy = 1e6 + 1e12 * LAYER / (63e9 * 0.85);
    final StepTime far = step(plan(system("h100-sxm"), 1, 0), 0, 0);
    final long host = hostPicos("h100-sxm");
    assertEquals(LAYERS * copy + host, far.latencyPicos(), 1e-4 * far.latencyPicos());
    // Half of it takes half.
    final StepTime half = step(plan(system("h100-sxm"), 0.5, 0), 0, 0);
    assertEquals(
        LAYERS * (1e6 + (copy - 1e6) / 2) + host, half.latencyPicos(), 1e-4 * half.latencyPicos());
  }

  @Test
  void shouldComeAsMuchFasterAsTheLinkIs() {
    // GH200: 450 GB/s each way, of which copies get 83 %.
    final double copy = 0.7e6 + 1e12 * LAYER / (450e9 * 0.83);
    final StepTime far = step(plan(system("gh200"), 1, 0), 0, 0);
    final double expected = LAYERS * copy + hostPicos("gh200");
    assertEquals(expected, far.latencyPicos(), 1e-4 * expected);
    final double ratio =
        (double) step(plan(system("h100-sxm"), 1, 0), 0, 0).latencyPicos() / far.latencyPicos();
    assertTrue(ratio > 6 && ratio < 7.2, "C2C over PCIe: " + ratio);
  }

  @Test
  void shouldHideCopiesBehindLayersThatTakeLonger() {
    final StepTime near = step(plan(system("h100-sxm"), 0, 0), 0, 0);
    final StepTime far = step(plan(system("h100-sxm"), 0.01, 0), 0, 0);
    assertEquals(near.latencyPicos(), far.latencyPicos(), 1);
    assertTrue(far.energy().host() > 0);
  }

  @Test
  void shouldCountTheEnergyOfEveryByteCopied() {
    final StepTime near = step(plan(system("h100-sxm"), 0, 0), 0, 0);
    final StepTime far = step(plan(system("h100-sxm"), 1, 1e9), 30, 50);
    final double bits = 8 * (LAYERS * LAYER + 80 * TOKEN);
    // 6 pJ/bit of the link; device memory once more.
    assertEquals(bits * 6e-12, far.energy().host(), 1e-9);
    final double memory = system("h100-sxm").chip().energy().memory();
    assertEquals(bits * memory, far.energy().memory() - near.energy().memory(), 1e-6);
  }

  @Test
  void shouldCopyCachesBeforeTheLayersAndBothWaysAtOnce() {
    final Plan plan = plan(system("h100-sxm"), 0, 1e9);
    final long none = step(plan, 0, 0).latencyPicos();
    final double in = 1e6 + 1e12 * 3000 * TOKEN / (63e9 * 0.85);
    assertEquals(none + in, step(plan, 3000, 0).latencyPicos(), 2);
    assertEquals(none + in, step(plan, 3000, 2000).latencyPicos(), 2);
    assertEquals(none + in, step(plan, 0, 3000).latencyPicos(), 2);
  }

  @Test
  void shouldShareTheLinkBetweenCachesAndWeights() {
    final Plan plan = plan(system("h100-sxm"), 1, 1e9);
    final long none = step(plan, 0, 0).latencyPicos();
    final double in = 1e6 + 1e12 * 3000 * TOKEN / (63e9 * 0.85);
    // The caches wait for copies into both buffers, and the next copy for a layer to leave one: the
    // link is idle for that layer alone.
    final double idle = step(plan, 3000, 0).latencyPicos() - none - in;
    final long near = step(plan(system("h100-sxm"), 0, 0), 0, 0).latencyPicos();
    assertTrue(idle > 0 && idle < (double) near / LAYERS, idle + " ps");
  }

  @Test
  void shouldTakeTurnsInTheThirdTierOfAChip() {
    // SN40L: 200 GB/s of DDR both ways together, 0.5 us.
    final Plan plan = plan(system("sn40l"), 0, 1e9);
    final long none = step(plan, 0, 0).latencyPicos();
    final double in = 0.5e6 + 1e12 * 3000 * TOKEN / 200e9;
    assertEquals(none + in, step(plan, 3000, 0).latencyPicos(), 2);
    assertEquals(none + 2 * in, step(plan, 3000, 3000).latencyPicos(), 2);
  }

  @Test
  void shouldNotFallBelowTheStatedRateOfTheLink() {
    for (final double share : new double[] {0.1, 0.4, 1}) {
      final StepTime far = step(plan(system("h100-sxm"), share, 0), 0, 0);
      assertTrue(far.latencyPicos() >= 1e12 * share * LAYERS * LAYER / 63e9);
    }
  }

  @Test
  void shouldSayTheSameOfOneStepAsOfARun() {
    final Plan plan = plan(system("h100-sxm"), 0.7, 0);
    final StepProfile alone =
        StepProfile.of(plan, StepShape.decode(BATCH, CONTEXT), Detail.FOLDED, Map.of());
    final StepTime far = step(plan, 0, 0);
    assertEquals(far.latencyPicos(), alone.latencyPicos(), 1e-6 * far.latencyPicos());
    assertEquals(far.energy().host(), alone.energy().host(), 1e-12);
  }

  @Test
  void shouldRefuseWhatFitsNowhere() {
    // A chip's share of the hosts' 2 TB is 250 GB.
    assertThrows(InvalidInputException.class, () -> plan(system("h100-sxm"), 0, 251e9));
    assertEquals((long) (249e9 / TOKEN), plan(system("h100-sxm"), 0, 249e9).farTokens());
    assertThrows(InvalidInputException.class, () -> plan(system("jetson-orin"), 0.5, 0));
    assertThrows(InvalidInputException.class, () -> plan(system("groq-lpu-pod"), 0.5, 0));
  }

  /** What the host of a stack takes for a step, which no copy changes. */
  private static long hostPicos(final String name) {
    final Plan plan = plan(system(name), 0, 0);
    return StepProfile.of(plan, StepShape.decode(BATCH, CONTEXT), Detail.FOLDED, Map.of())
        .hostPicos();
  }
}
