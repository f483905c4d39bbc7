package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Engine;
import org.inferchip.engine.Timing;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.MatMulMapping;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Products of an OPT-125M layer on one 128 x 128 weight-stationary core with DRAM, in cycles that
 * ONNXim counts (which its authors checked against the RTL of Gemmini). Of eight published rows the
 * five whose cycles are at hand; an output tile's whole reduction is fetched at once.
 */
class NpuLayerTest {
  private static Timing run(
      final int weightBuffers, final String overlap, final int m, final int n, final int k) {
    final Chip chip = chip(weightBuffers, overlap);
    final MatMul op = MatMul.dense("x", m, n, k, Format.BF16);
    return Engine.simulate(
            Mapper.lower(op, new MatMulMapping(m, 128, k, 1, 4, 8, 1, 1, 2), chip),
            chip,
            Detail.FULL,
            null)
        .timing();
  }

  private static Chip chip(final int weightBuffers, final String overlap) {
    return Descriptions.here()
        .system(
            "tpu-v5e",
            Optional.empty(),
            Overrides.none()
                .with("clock", "0.94 GHz")
                .with("cores[0].matrix.arrays", "1")
                .with("cores[0].matrix.weight_buffers", Integer.toString(weightBuffers))
                .with("cores[0].matrix.overlap", overlap))
        .value()
        .chip();
  }

  private static double cycles(final Timing timing) {
    return timing.makespanPicos() * 0.94e-3;
  }

  private static Timing.UnitUse array(final Timing timing) {
    return timing.units().stream().filter(u -> u.unit().equals("matrix")).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "100, 2304, 768, 15012",
    "100, 3072, 768, 19897",
    "100, 768, 3072, 22773",
    "1, 2304, 768, 14896",
    "1, 3072, 768, 19223"
  })
  void shouldTakeOnnximsCyclesWithTwoWeightBuffers(
      final int m, final int n, final int k, final int expected) {
    final double ratio = cycles(run(2, "fill-and-drain", m, n, k)) / expected;
    assertEquals(1, ratio, 0.1);
  }

  /** Of the difference to an array that overlaps nothing, all is the array's own busy time. */
  @ParameterizedTest
  @CsvSource({"100, 2304, 768, 52056", "100, 768, 3072, 69408", "1, 2304, 768, 41364"})
  void shouldTakeThreeTimesAsLongUnbufferedForTheArraysOwnTime(
      final int m, final int n, final int k, final int folds) {
    final Timing buffered = run(2, "fill-and-drain", m, n, k);
    final Timing plain = run(1, "none", m, n, k);
    assertTrue(cycles(plain) > 2.5 * cycles(buffered));
    assertEquals(folds, array(plain).busyPicos() * 0.94e-3, 0.001 * folds);
    final double more = cycles(plain) - cycles(buffered);
    final double busier = (array(plain).busyPicos() - array(buffered).busyPicos()) * 0.94e-3;
    assertEquals(1, busier / more, 0.1);
  }
}
