package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.model.Models;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PipelineStagesTest {
  /**
   * Llama-2-70B: 80 layers of 855,654,400 weights (8192 x 8192 twice, 8192 x 1024 twice, 8192 x
   * 28672 three times, two norms), embedding and head of 262,144,000 each.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 80, 68976648192",
    "2, 40, 34488320000",
    "40, 2, 1973452800",
    "81, 1, 1117798400",
    "82, 1, 855654400",
    "90, 1, 855654400"
  })
  void shouldLoadTheFullestStageAsLittleAsPossible(
      final int count, final int mostLayers, final double fullest) {
    final PipelineStages stages =
        PipelineStages.of(Models.here().read("llama-2-70b").model(), count);
    assertEquals(mostLayers, stages.mostLayers());
    assertEquals(fullest, stages.fullestElements());
  }

  @Test
  void shouldFitSeventyBillionWeightsIntoTheSramOfThePod() {
    final SystemDescription pod =
        Descriptions.here().system("groq-lpu-pod", Optional.empty(), Overrides.none()).value();
    final Plan plan = Plan.of(pod, Models.here().read("llama-2-70b").model(), Plan.Wishes.NONE);
    assertEquals(8 * 82, plan.chips());
    assertTrue(plan.kvTokens() >= 4096);
  }
}
