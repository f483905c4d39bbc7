package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.Numbers;
import org.inferchip.model.Model;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.junit.jupiter.api.Test;

/** Weights of libraries' block formats, and caches of static shapes. */
class StoredWeightsTest {
  private static final Descriptions DESCRIPTIONS = Descriptions.here();
  private static final Model MODEL = new Models(DESCRIPTIONS).read("llama-3.2-1b").model();

  private static Plan plan(final Format weights, final Overrides overrides) {
    final SystemDescription system =
        DESCRIPTIONS.system("apple-m1-max", Optional.empty(), overrides).value();
    return Plan.of(
        system, MODEL, new Plan.Wishes(Optional.of(1), Optional.of(1), Optional.of(weights)));
  }

  private static double micros(final Plan plan, final int context) {
    final SystemDescription system = plan.system();
    final StepBatch batch = new StepBatch();
    batch.addDecode(context);
    final StepTime time = new StepTime();
    new StepSimulator(
            plan,
            new OperatorSimulator(system.chip(), system.stack(), Detail.FOLDED, Map.of()),
            false)
        .cost(batch, time);
    return time.latencyPicos() * 1e-6;
  }

  /** 4.5 bits and, of the head, 6.5625: the mixture that GGUF files of q4_0 have. */
  @Test
  void shouldKeepWeightsInTheFormatsOfTheFile() {
    final Numbers numbers = plan(Format.Q4_0, Overrides.none()).numbers();
    assertEquals(Format.Q4_0, numbers.weight("gate_up_proj"));
    assertEquals(Format.Q6_K, numbers.weight("lm_head"));
    assertEquals(Format.FP16, numbers.inputs());
    assertEquals(Format.FP16, numbers.activations());
    assertEquals(210, Format.Q6_K.bytes(256));
    assertEquals(18, Format.Q4_0.bytes(32));
    assertEquals(34, Format.Q8_0.bytes(32));
  }

  /** What remains beside the weights is the same kernels, so the difference is their bytes. */
  @Test
  void shouldTakeTheTimeOfTheStoredBytes() {
    final double wide = micros(plan(Format.FP16, Overrides.none()), 64);
    final double narrow = micros(plan(Format.Q8_0, Overrides.none()), 64);
    final double saved = 1_235_814_400 * 7.5 / 8 / (0.86 * 400e9) * 1e6;
    assertEquals(saved, wide - narrow, 0.1 * saved);
  }

  @Test
  void shouldTakeNoLessThanTheConversion() {
    final Overrides slow = Overrides.none().with("stored.q8_0.convert", "0.5");
    final double seconds = 1_235_814_400 / (0.5 * 32 * 1.296e9);
    final double micros = micros(plan(Format.Q8_0, slow), 64);
    assertTrue(micros > seconds * 1e6 && micros < 1.2 * seconds * 1e6, () -> micros + " us");
  }

  @Test
  void shouldReadTheWholeCacheWhereShapesAreStatic() {
    final Overrides padded = Overrides.none().with("context_sizes", "[512, 4096]");
    assertEquals(
        micros(plan(Format.Q8_0, Overrides.none()), 4095),
        micros(plan(Format.Q8_0, padded), 600),
        1);
    assertEquals(
        micros(plan(Format.Q8_0, Overrides.none()), 5000),
        micros(plan(Format.Q8_0, padded), 5000),
        1);
  }

  /** Four norms, rotation, activation and cache writes of a layer start no kernels of their own. */
  @Test
  void shouldDoElementwiseWorkOfSectionsAsItPasses() {
    final Overrides joined =
        Overrides.none()
            .with("sections.passing", "[add-rms-norm, rms-norm, rope, silu-mul, kv-write]")
            .with("sections.weights_ahead", "false");
    final double apart = micros(plan(Format.Q8_0, Overrides.none()), 64);
    final double together = micros(plan(Format.Q8_0, joined), 64);
    final double started = (16 * 5 + 1) * 14;
    assertTrue(apart - together > started, () -> apart + " " + together);
    assertTrue(apart - together < 1.3 * started, () -> apart + " " + together);
  }

  @Test
  void shouldHideTheFirstLoadWhereWeightsComeAhead() {
    final Overrides ahead =
        Overrides.none().with("sections.passing", "[]").with("sections.weights_ahead", "true");
    final double saved =
        micros(plan(Format.FP16, Overrides.none()), 64) - micros(plan(Format.FP16, ahead), 64);
    // Four products a layer and the head, 0.85 us each: port, cache and memory.
    assertEquals((16 * 4 + 1) * 0.85, saved, 1);
  }

  @Test
  void shouldSumOverChipsInTheFormatOfTheStack() {
    final Overrides narrow = Overrides.none().with("summed", "bfp8");
    assertEquals(Format.BFP8, plan(Format.Q8_0, narrow).numbers().summed());
    assertEquals(Format.FP16, plan(Format.Q8_0, Overrides.none()).numbers().summed());
  }
}
