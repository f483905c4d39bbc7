package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.MatrixUnit.Dataflow;
import org.inferchip.arch.MatrixUnit.EdgeTiles;
import org.inferchip.arch.MatrixUnit.Overlap;
import org.inferchip.arch.VectorUnit;
import org.inferchip.numerics.Format;
import org.inferchip.program.Accumulate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitLawsTest {
  private static MatrixLaw systolic(
      final Dataflow flow, final int buffers, final Overlap overlap, final EdgeTiles edges) {
    return MatrixLaw.of(
        new MatrixUnit.Systolic(
            1,
            16,
            64,
            Map.of(Format.BF16, 1024, Format.INT8, 2048),
            Format.FP32,
            flow,
            buffers,
            0,
            overlap,
            edges));
  }

  @ParameterizedTest
  @CsvSource({"WS,100,64,16", "IS,64,100,16", "OS,16,64,100"})
  void shouldTakeTheClosedFormForOneFold(
      final Dataflow flow, final int m, final int n, final int k) {
    final MatrixCycles cycles =
        systolic(flow, 1, Overlap.NONE, EdgeTiles.FULL)
            .cycles(m, n, k, Format.BF16, Accumulate.ONLY);
    assertEquals(2 * 16 + 64 + 100 - 2, cycles.occupancy());
    assertEquals(2 * 16 + 64 + 100 - 2, cycles.latency());
  }

  @Test
  void shouldLoadWeightsBehindTheStreamWithTwoBuffers() {
    final MatrixLaw law = systolic(Dataflow.WS, 2, Overlap.FILL_AND_DRAIN, EdgeTiles.FULL);
    assertEquals(100, law.cycles(100, 64, 16, Format.BF16, Accumulate.ONLY).occupancy());
    assertEquals(16, law.cycles(1, 64, 16, Format.BF16, Accumulate.ONLY).occupancy());
    assertEquals(
        2 * 16 + 64 + 1 - 2, law.cycles(1, 64, 16, Format.BF16, Accumulate.ONLY).latency());
  }

  @Test
  void shouldNotInstallKeptWeightsAgain() {
    final MatrixCycles cycles =
        systolic(Dataflow.WS, 1, Overlap.NONE, EdgeTiles.FULL)
            .cycles(100, 64, 16, Format.BF16, Accumulate.ONLY);
    assertEquals(cycles.occupancy() - 16, cycles.keptOccupancy());
    assertEquals(cycles.latency() - 16, cycles.keptLatency());
  }

  @Test
  void shouldChargeEdgeFoldsInFullOrShrunk() {
    // k = 20 is one full fold of 16 rows and one of 4; T = 10.
    final MatrixCycles full =
        systolic(Dataflow.WS, 1, Overlap.NONE, EdgeTiles.FULL)
            .cycles(10, 64, 20, Format.BF16, Accumulate.ONLY);
    final MatrixCycles shrunk =
        systolic(Dataflow.WS, 1, Overlap.NONE, EdgeTiles.SHRUNK)
            .cycles(10, 64, 20, Format.BF16, Accumulate.ONLY);
    assertEquals(2 * (2 * 16 + 64 + 10 - 2), full.occupancy());
    assertEquals(2 * 16 + 64 + 10 - 2 + 2 * 4 + 64 + 10 - 2, shrunk.occupancy());
  }

  @Test
  void shouldKeepSumsInAnOutputStationaryArrayUntilTheLastStep() {
    final MatrixLaw law = systolic(Dataflow.OS, 1, Overlap.NONE, EdgeTiles.FULL);
    final long middle = law.cycles(16, 64, 100, Format.BF16, Accumulate.MIDDLE).occupancy();
    final long last = law.cycles(16, 64, 100, Format.BF16, Accumulate.LAST).occupancy();
    assertEquals(16, last - middle);
  }

  @Test
  void shouldStreamTwiceAsFastInAFormatOfTwiceTheRate() {
    final MatrixLaw law = systolic(Dataflow.WS, 2, Overlap.FILL_AND_DRAIN, EdgeTiles.FULL);
    assertEquals(50, law.cycles(100, 64, 16, Format.INT8, Accumulate.ONLY).occupancy());
    assertThrows(
        IllegalArgumentException.class,
        () -> law.cycles(100, 64, 16, Format.FP16, Accumulate.ONLY));
  }

  @ParameterizedTest
  @CsvSource({
    "128,256,64,BF16,1024", // 2^21 MACs at 2048 a cycle
    "128,256,64,FP8_E4M3,512",
    "1,64,64,BF16,16", // operands change places: 64 rows x 8 columns x 64
    "65,8,16,BF16,8", // 128 x 8 x 16, or 64 x 72 x 16: the first
    "64,8,1,FP8_E4M3,4", // k is padded to 32
    "128,256,192,NVFP4,768" // 192 is three times 64: scales do not shorten an instruction
  })
  void shouldRoundTilesUpToGranules(
      final int m, final int n, final int k, final Format format, final long cycles) {
    final MatrixLaw law =
        MatrixLaw.of(
            new MatrixUnit.TensorCore(
                1,
                Map.of(Format.BF16, 2048, Format.FP8_E4M3, 4096, Format.NVFP4, 8192),
                Format.FP32,
                64,
                8,
                16,
                32,
                1.0));
    final MatrixCycles result = law.cycles(m, n, k, format, Accumulate.ONLY);
    assertEquals(cycles, result.occupancy());
    assertEquals(cycles + 32, result.latency());
  }

  @Test
  void shouldUseLanesForOutputsAndWidthForTheReduction() {
    final MatrixLaw law =
        MatrixLaw.of(
            new MatrixUnit.DotProduct(1, 64, 32, Map.of(Format.BF16, 2048), Format.FP32, 8));
    // One row of 100 outputs: two turns of 64 lanes; 65 products: three turns of 32.
    assertEquals(6, law.cycles(1, 100, 65, Format.BF16, Accumulate.ONLY).occupancy());
    assertEquals(14, law.cycles(1, 100, 65, Format.BF16, Accumulate.ONLY).latency());
  }

  @Test
  void shouldTakeTheSlowerOfOperationsAndSpecialFunctions() {
    final VectorLaw law = new VectorLaw(new VectorUnit(128, 16, 20));
    assertEquals(8, law.occupancyCycles(1000, 0));
    assertEquals(63, law.occupancyCycles(1000, 1000));
    assertEquals(1, law.occupancyCycles(0, 0));
  }

  /**
   * 810 cycles at the full rate take 1620 at half of it, and two steps of 128 bytes 40 more each.
   */
  @Test
  void shouldAddStallsToTheShareOfTheRateOfAStreamedLoop() {
    final MatrixUnit.Streaming loop =
        new MatrixUnit.Streaming(70, 110, 0.18, Optional.of(40.0), Optional.of(0.5));
    assertEquals(1700, loop.cycles(900, 0.9, 128, Format.BF16), 1e-9);
  }

  @Test
  void shouldLoopAtTheSustainedRateWhereNoStallIsStated() {
    final MatrixUnit.Streaming loop =
        new MatrixUnit.Streaming(70, 110, 0.18, Optional.empty(), Optional.empty());
    assertEquals(900, loop.cycles(900, 0.9, 128, Format.BF16), 1e-9);
  }
}
