package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.junit.jupiter.api.Test;

/** How models lie on wafers, pods and card racks, and what published decode rates say to it. */
class RegionsTest {
  /** Others than the published rates may be this factor off: what is unknown is in the files. */
  private static final double FACTOR = 1.7;

  private static Plan plan(final String system, final String model, final String format) {
    return Plan.of(
        Descriptions.here().system(system, Optional.empty(), Overrides.none()).value(),
        Models.here().read(model).model(),
        new Plan.Wishes(
            Optional.empty(),
            Optional.empty(),
            Optional.of(Format.valueOf(format.toUpperCase(java.util.Locale.ROOT)))));
  }

  private static double micros(final Plan plan) {
    return StepProfile.of(plan, StepShape.decode(1, 1024), Detail.FOLDED, Map.of()).latencyPicos()
        * 1e-6;
  }

  @Test
  void shouldCutAsFewWafersAsHoldTheModel() {
    final Plan small = plan("cerebras-cs3", "llama-3.1-8b", "fp16");
    assertEquals(1, small.packages());
    assertEquals(34, small.pipelineParallel());
    assertEquals("1 region a stage, 34 stages of 1 layer, 35 regions a chip", small.layout());
    assertEquals(4, plan("cerebras-cs3", "llama-3.1-70b", "fp16").packages());
  }

  @Test
  void shouldShareWattsMemoryAndPriceOfAWaferOverItsRegions() {
    final SystemDescription whole =
        Descriptions.here().system("cerebras-cs3", Optional.empty(), Overrides.none()).value();
    final Plan plan = plan("cerebras-cs3", "llama-3.1-8b", "fp16");
    final SystemDescription cut = plan.system();
    assertEquals(whole.count() * 35, cut.count());
    assertEquals(whole.chip().power().idle(), 35 * cut.chip().power().idle(), 1e-6);
    assertEquals(
        whole.chip().cost().price().orElseThrow(),
        35 * cut.chip().cost().price().orElseThrow(),
        1e-3);
    assertEquals(
        whole.chip().shared().orElseThrow().capacity(),
        35 * cut.chip().shared().orElseThrow().capacity(),
        1);
  }

  @Test
  void shouldSplitALayerOverAsFewChipsAsHoldItAndALargeHeadOverStages() {
    final Plan large = plan("groq-lpu-pod", "llama-2-70b", "fp16");
    assertEquals(8, large.tensorParallel());
    assertEquals(656, large.chips());
    final Plan small = plan("groq-lpu-pod", "llama-3.1-8b", "int8");
    assertEquals(2, small.tensorParallel());
    assertEquals(2, small.vocabularyStages());
    assertEquals(36, small.pipelineParallel());
  }

  @Test
  void shouldPredictPublishedDecodeRatesWithinTheFactor() {
    // Tokens a second of one user: WaferLLM's paper, Cerebras 2024-08, Groq by Artificial Analysis
    // and press 2024.
    check("cerebras-cs2", "llama-3.1-8b", "fp16", 2700);
    check("cerebras-cs3", "llama-3.1-8b", "fp16", 1837);
    check("groq-lpu-pod", "llama-3.1-8b", "int8", 751);
    check("groq-lpu-pod", "llama-2-7b", "fp16", 750);
  }

  private static void check(
      final String system, final String model, final String format, final double tokensPerSecond) {
    final double ratio = micros(plan(system, model, format)) * tokensPerSecond * 1e-6;
    assertTrue(
        ratio < FACTOR && ratio > 1 / FACTOR, system + " " + model + ": predicted/seen " + ratio);
  }
}
