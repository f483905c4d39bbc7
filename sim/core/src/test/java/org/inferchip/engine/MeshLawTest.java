package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.inferchip.arch.MatrixUnit.Mesh;
import org.inferchip.arch.MatrixUnit.Reduction;
import org.inferchip.numerics.Format;
import org.inferchip.program.Accumulate;
import org.junit.jupiter.api.Test;

/** Products and row reductions on a mesh, counted by hand. */
class MeshLawTest {
  private static final Mesh MESH = mesh(100, 200, 20, 4, Reduction.TWO_PHASE);

  private static Mesh mesh(
      final int rows,
      final int columns,
      final int wake,
      final int macs,
      final Reduction reduction) {
    return new Mesh(
        2, rows, columns, Map.of(Format.FP16, macs), Format.FP32, 1, 4, wake, 5, reduction);
  }

  private static MatrixCycles cycles(final Mesh mesh, final int m, final int n, final int k) {
    return new MeshLaw(mesh).cycles(m, n, k, Format.FP16, Accumulate.ONLY);
  }

  @Test
  void shouldCountBroadcastWorkAndReduction() {
    // An element has 3 rows of 10 weights: 3 (20 + ceil(10 / 4)) = 69 cycles of work. Inputs cross
    // 100 + 200 hops; sums 100 hops, 2 x 10 stages of 5, and twice 40 bytes at 4.
    final MatrixCycles cycles = cycles(MESH, 1, 1000, 300);
    assertEquals(69, cycles.occupancy());
    assertEquals(300 + 69 + 100 + 100 + 20, cycles.latency());
  }

  @Test
  void shouldReduceAlongALineStageByStage() {
    final MatrixCycles cycles = cycles(mesh(100, 200, 20, 4, Reduction.LINE), 1, 1000, 300);
    assertEquals(300 + 69 + 100 + 99 * 5 + 10, cycles.latency());
  }

  @Test
  void shouldReduceOnlyWithTheLastStep() {
    final MatrixCycles first =
        new MeshLaw(MESH).cycles(1, 1000, 300, Format.FP16, Accumulate.FIRST);
    assertEquals(300 + 69, first.latency());
  }

  @Test
  void shouldCrossTheMeshTwiceForARow() {
    // One sum of 4 bytes: 200 hops, 2 x 15 stages of 5, a cycle twice; back 200 hops and a cycle.
    assertEquals(200 + 150 + 2 + 200 + 1, new MeshLaw(MESH).rowCycles(1));
  }

  @Test
  void shouldNeverBeSlowerWithMoreOrFasterElements() {
    final Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      final int rows = 4 + random.nextInt(200);
      final int columns = 4 + random.nextInt(200);
      final int wake = random.nextInt(50);
      final int m = 1 + random.nextInt(64);
      final int n = 1 + random.nextInt(20_000);
      final int k = 1 + random.nextInt(20_000);
      final Mesh base = mesh(rows, columns, wake, 2, Reduction.TWO_PHASE);
      final long time = cycles(base, m, n, k).occupancy();
      assertTrue(
          cycles(mesh(rows, columns, wake, 4, Reduction.TWO_PHASE), m, n, k).occupancy() <= time);
      assertTrue(
          cycles(mesh(rows, columns, wake / 2, 2, Reduction.TWO_PHASE), m, n, k).latency()
              <= cycles(base, m, n, k).latency());
      assertTrue(
          cycles(mesh(2 * rows, columns, wake, 2, Reduction.TWO_PHASE), m, n, k).occupancy()
              <= time);
      // Never faster than all elements at their rate.
      final double least = (double) m * n * k / (2.0 * rows * base.stripe());
      assertTrue(time >= Math.floor(least));
    }
  }
}
