package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.model.Model;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.junit.jupiter.api.Test;

/** How far a host is ahead of its device, by a timeline drawn by hand (milliseconds). */
class LaunchLeadTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));

  @Test
  void shouldStartLaunchesWhenTheLastOnesAndTheStepBeforeThatAreOver() {
    final Plan ahead = plan("trtllm");
    // Graphs take no time to launch: the host waits for the step before.
    assertEquals(5, HostTime.lead(ahead, 5, 0, 5));
    // Launches from -5 to 28 of a step that ends with them leave the next one all of its own.
    assertEquals(0, HostTime.lead(ahead, 5, 33, 28));
    // Launches from -5 to 28 of a step from 0 to 100: the next ones begin at 28.
    assertEquals(72, HostTime.lead(ahead, 5, 33, 100));
    // Those that were over before the step began leave it whole.
    assertEquals(50, HostTime.lead(ahead, 90, 33, 50));
  }

  @Test
  void shouldStartLaunchesWhenTheStepIsOverWhereNothingIsPlannedAhead() {
    assertEquals(0, HostTime.lead(plan("vllm-0.12"), 0, 33, 100));
  }

  @Test
  void shouldLaunchStepsWithPromptsLayerByLayer() {
    final StepBatch batch = new StepBatch();
    batch.addDecode(100);
    assertEquals(0, HostTime.launches(plan("trtllm"), batch));
    batch.addPrefill(16, 0, true);
    // 32 layers of 520 us.
    assertEquals(32 * 520e6, HostTime.launches(plan("trtllm"), batch), 1);
    assertEquals(0, HostTime.launches(plan("vllm"), batch));
  }

  private static Plan plan(final String stack) {
    final Model model = Models.here().read("llama-3.1-8b").model();
    return Plan.of(
        SHIPPED
            .system("h100-sxm", Optional.empty(), Overrides.none())
            .value()
            .with(SHIPPED.stack(stack).value()),
        model,
        new Plan.Wishes(Optional.of(1), Optional.of(1), Optional.of(Format.BF16), Plan.Ranks.ONE));
  }
}
