package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.inferchip.arch.Chip;
import org.inferchip.mapping.Mapper;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws that hold on every program; the engine itself asserts bounds and idle accounts. */
class EngineLawsTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldHoldItsLawsOnProgramsOfEveryKind(final long seed) {
    final SampleRuns runs = new SampleRuns(seed);
    for (int i = 0; i < 6; i++) {
      final SampleRuns.Sample sample = runs.any();
      final Chip chip = runnable(sample.operator(), runs.chip());
      final Engine.Run run = Engine.simulate(sample.on(chip), chip, Detail.FOLDED, null);
      final Timing timing = run.timing();
      assertTrue(timing.makespanPicos() >= run.bounds().lower(), sample::toString);
      assertTrue(timing.makespanPicos() <= run.bounds().upper(), sample::toString);
      assertTrue(timing.residentShare() > 0 && timing.residentShare() <= 1, sample::toString);
      assertEquals(sample.operator().multiplyAccumulates() > 0, timing.counters().totalMacs() > 0);
      if (sample.operator() instanceof MatMul) {
        assertEquals(sample.operator().multiplyAccumulates(), timing.counters().totalMacs());
      }
      for (final Timing.UnitUse use : timing.units()) {
        assertEquals(use.instances() * timing.makespanPicos(), use.total(), sample::toString);
      }
      assertEquals(run.bounds(), Engine.bounds(sample.on(chip), chip));
    }
  }

  /** A chip that has the formats of the operator. */
  private static Chip runnable(final Operator operator, final Chip chip) {
    final boolean eightBit =
        operator instanceof final MatMul matMul && matMul.activation() == Format.FP8_E4M3;
    return eightBit ? org.inferchip.mapping.TestChips.gpu() : chip;
  }

  @Test
  void shouldRefuseTimesOutsideTheBounds() {
    final Bounds bounds = new Bounds(10, 20, 5, 100);
    assertThrows(LawViolation.class, () -> Laws.bounds(19, bounds));
    assertThrows(LawViolation.class, () -> Laws.bounds(101, bounds));
    assertThrows(LawViolation.class, () -> Laws.memoryBytes(99, 100));
    Laws.bounds(20, bounds);
    Laws.bounds(100, bounds);
  }

  @Test
  void shouldBoundAMatrixProductByPeakAndCompulsoryBytes() {
    final Chip chip = TestChips.gpu().chip();
    final TestGemm gemm = TestGemm.of(4096, 4096, 4096, 128, 256, 64, 132, 4);
    final Bounds bounds = Engine.bounds(gemm, chip);
    final double peak = 2.0 * 2048 * 132 * 1.755e9;
    assertEquals(2 * Math.pow(4096, 3) / peak * 1e12, bounds.compute(), 2e3);
    assertEquals(3 * 4096.0 * 4096 * 2 / 3.35e12 * 1e12, bounds.memory(), 2e3);
    assertEquals(Bounds.Limiter.COMPUTE, bounds.limiter());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldNeverBeSlowerOnAFasterPart(final long seed) {
    final SampleRuns runs = new SampleRuns(100 + seed);
    for (int i = 0; i < 3; i++) {
      final SampleRuns.Sample sample = i == 2 ? runs.attention() : runs.matMul();
      final TestChips.Parts gpu = TestChips.gpu();
      final double base = nanos(sample, gpu);
      final var memory = gpu.memory().orElseThrow();
      final var shared = gpu.shared().orElseThrow();
      final TestChips.Parts[] better = {
        gpu.clock(gpu.clock() * 1.5),
        gpu.port(new org.inferchip.arch.Port(128, 128, 50e-9)),
        gpu.port(new org.inferchip.arch.Port(64, 64, 10e-9)),
        gpu.memory(new org.inferchip.arch.ExternalMemory("fast", 5, 80e9, 7e12, 0.88, 80, 400e-9)),
        gpu.memory(
            new org.inferchip.arch.ExternalMemory(
                "near", 5, 80e9, memory.bandwidth(), 0.88, 80, 100e-9)),
        gpu.shared(
            new org.inferchip.arch.SharedMemory(
                200e6, shared.managed(), shared.bandwidth() * 2, 50e-9, 0.9, shared.partitions()))
      };
      for (final TestChips.Parts part : better) {
        assertTrue(nanos(sample, part) <= base * 1.01, () -> sample + " on " + part);
      }
    }
  }

  private static double nanos(final SampleRuns.Sample sample, final TestChips.Parts parts) {
    final Chip chip = parts.chip();
    final var program = Mapper.lower(sample.operator(), sample.mapping(), chip);
    return Engine.run(program, chip, Detail.FOLDED).makespanPicos() / 1e3;
  }

  @Test
  void shouldHalveTimeOnAChipTwiceAsFastInEverything() {
    final TestGemm gemm = TestGemm.of(512, 1024, 1024, 128, 128, 64, 8, 3);
    final var plain = TestChips.plain();
    final var twice =
        new TestChips.Parts(
            2e9,
            8,
            plain.matrix(),
            plain.vector(),
            plain.port(),
            plain.shared(),
            java.util.Optional.of(
                new org.inferchip.arch.ExternalMemory("M", 1, 1e12, 128e9, 1.0, 1, 0)),
            plain.scaleUp());
    final var once =
        new TestChips.Parts(
            1e9,
            8,
            plain.matrix(),
            plain.vector(),
            plain.port(),
            plain.shared(),
            plain.memory(),
            plain.scaleUp());
    final long slow = Engine.run(gemm, once.chip(), Detail.FULL).makespanPicos();
    final long fast = Engine.run(gemm, twice.chip(), Detail.FULL).makespanPicos();
    assertEquals(slow, 2 * fast, 4000.0);
  }

  @Test
  void shouldNotDependOnHowStreamsAreNumbered() {
    // The same tiles dealt to cores in another order: equal cores, so equal time.
    final TestGemm gemm = TestGemm.of(1024, 1024, 1024, 128, 128, 64, 64, 3);
    final org.inferchip.program.Placement turned =
        new org.inferchip.program.Placement() {
          @Override
          public int devices() {
            return 1;
          }

          @Override
          public int device(final int stream) {
            return 0;
          }

          @Override
          public int coreGroup(final int stream) {
            return 0;
          }

          @Override
          public int core(final int stream) {
            return 63 - stream;
          }

          @Override
          public int array(final int stream) {
            return 0;
          }
        };
    final Chip chip = TestChips.gpu().chip();
    assertEquals(
        Engine.run(gemm, chip, Detail.FULL).makespanPicos(),
        Engine.run(gemm.placement(turned), chip, Detail.FULL).makespanPicos());
  }

  @Test
  void shouldCountOperationsOfTheVectorUnit() {
    final Elementwise norm =
        new Elementwise("n", Elementwise.Kind.SILU_MUL, 64, 4096, 0, Format.BF16, Format.BF16);
    final Chip chip = org.inferchip.mapping.TestChips.gpu();
    final var program =
        Mapper.lower(norm, new org.inferchip.mapping.ElementwiseMapping(1, 4096, 2, 1), chip);
    final Counters counters = Engine.run(program, chip, Detail.FULL).counters();
    assertEquals(3L * 64 * 4096, counters.vectorOperations());
    assertEquals(64L * 4096, counters.specialOperations());
  }
}
