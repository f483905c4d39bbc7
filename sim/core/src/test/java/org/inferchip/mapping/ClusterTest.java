package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Engine;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.api.Test;

/** Kernels that start cores together. */
final class ClusterTest {
  private static final Chip CHIP = Descriptions.here().chip("b200-sxm").value();
  private static final String PAIR = "128x128x256 split 1 stages 4 raster 2 pair 2";

  private static TileProgram program(final int rows, final int columns, final String mapping) {
    final MatMul product = MatMul.dense("gemm", rows, columns, 8192, Format.NVFP4);
    return Mapper.lower(product, MatMulMapping.parse(mapping), CHIP);
  }

  @Test
  void shouldLeaveCoresIdleThatFillNoCluster() {
    // Two groups of 20 cores and six of 18 hold two clusters of 8 each.
    assertEquals(128, program(1024, 51200, PAIR + " cluster 8").streams());
    assertEquals(148, program(1024, 51200, PAIR + " cluster 2").streams());
    assertEquals(2 * 20 + 6 * 16, program(1024, 51200, PAIR + " cluster 4").streams());
  }

  @Test
  void shouldKeepBothCoresOfAPairBusyWithOneRowTile() {
    assertEquals(74, program(16, 51200, PAIR + " cluster 2").streams());
    assertEquals(148, program(129, 51200, PAIR + " cluster 2").streams());
    assertEquals(148, program(16, 51200, PAIR).streams(), "products that can be turned");
  }

  @Test
  void shouldTakeTwoWavesWhereOneMoreClusterIsNeeded() {
    final double one = time(program(16, 64 * 128, PAIR + " cluster 8"));
    final double two = time(program(16, 65 * 128, PAIR + " cluster 8"));
    assertEquals(2, two / one, 0.3);
  }

  private static double time(final TileProgram program) {
    return Engine.run(program, CHIP, Detail.FOLDED).makespanPicos();
  }

  @Test
  void shouldRefuseGroupsThatDoNotHoldAllCores() {
    final CoreGroup core = CHIP.cores().get(0);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new CoreGroup(
                core.name(),
                core.count(),
                core.matrix(),
                core.vector(),
                core.local(),
                core.port(),
                core.attention(),
                Optional.of(List.of(20, 18))));
  }
}
