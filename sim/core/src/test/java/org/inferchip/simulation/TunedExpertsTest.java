package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.Optional;
import org.inferchip.arch.GroupedKernel;
import org.inferchip.arch.MatmulKernels;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.junit.jupiter.api.Test;

class TunedExpertsTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));
  private static final SystemDescription A100S =
      SHIPPED.system("dgx-a100", Optional.empty(), Overrides.none()).value();

  private static Plan plan(final String model, final int chips, final int expertParallel) {
    return Plan.of(
        A100S,
        new Models(SHIPPED).read(model).model(),
        new Plan.Wishes(
            Optional.of(chips),
            Optional.of(1),
            Optional.of(Format.BF16),
            new Plan.Ranks(1, expertParallel)));
  }

  private static GroupedKernel served(final Plan plan) {
    return plan.system().stack().matmul().grouped(Format.BF16).orElseThrow();
  }

  private static GroupedKernel listed(final String name) {
    return A100S.stack().matmul().grouped().orElseThrow().get(name);
  }

  @Test
  void shouldServeByTheKernelsOfShapesThatTheLibraryHasFilesFor() {
    // vLLM: E=8,N=3584 and E=1,N=14336 of device_name=NVIDIA_A100-SXM4-80GB.json.
    assertEquals(listed("bf16-" + MatmulKernels.TUNED), served(plan("mixtral-8x7b", 4, 1)));
    assertEquals(listed("bf16-" + MatmulKernels.TUNED), served(plan("mixtral-8x7b", 8, 8)));
    assertNotEquals(listed("bf16"), listed("bf16-" + MatmulKernels.TUNED));
  }

  @Test
  void shouldServeOthersByTheUsualOnes() {
    // No file of E=4,N=7168 (four of Mixtral's experts, halved), none for models without experts.
    assertEquals(listed("bf16"), served(plan("mixtral-8x7b", 4, 2)));
    assertSame(A100S.stack(), plan("llama-3.1-8b", 4, 1).system().stack());
  }

  @Test
  void shouldKeepThemWhereTheSystemsNumbersDiffer() {
    assertEquals(
        listed("bf16-" + MatmulKernels.TUNED), served(plan("mixtral-8x7b", 4, 1).on(A100S)));
  }
}
