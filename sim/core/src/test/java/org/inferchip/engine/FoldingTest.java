package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.mapping.CollectiveMapping;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.TestChips;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Traffic;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folded against full detail: within 1 % in time, equal in every counter. */
class FoldingTest {
  private static final double TOLERANCE = 0.01;

  private static boolean check(final SampleRuns.Sample sample) {
    final Chip chip = TestChips.gpu();
    final Timing full = Engine.run(sample.on(chip), chip, Detail.FULL);
    final Timing folded = Engine.run(sample.on(chip), chip, Detail.FOLDED);
    final double ratio = (double) folded.makespanPicos() / full.makespanPicos();
    assertEquals(1, ratio, TOLERANCE, sample::toString);
    assertEquals(full.counters(), folded.counters(), sample::toString);
    assertEquals(full.residentShare(), folded.residentShare(), 0.03, sample::toString);
    assertFalse(full.folded());
    return folded.folded();
  }

  private static int folded(final int count, final long seed) {
    final SampleRuns runs = new SampleRuns(seed);
    int folded = 0;
    for (int i = 0; i < count; i++) {
      folded += check(i % 2 == 0 ? runs.matMul() : runs.attention()) ? 1 : 0;
    }
    return folded;
  }

  @Test
  void shouldAgreeWithFullDetailOnTwentyPrograms() {
    assertTrue(folded(20, 1) >= 5);
  }

  @Tag("long")
  @Test
  void shouldAgreeWithFullDetailOnAHundredPrograms() {
    assertTrue(folded(100, 2) >= 30);
  }

  @Test
  void shouldFoldStreamsThatWaitForEachOther() {
    final TestGemm split = TestGemm.of(256, 8192, 16_384, 64, 64, 64, 132, 4).splits(4);
    final Chip chip = org.inferchip.engine.TestChips.gpu().chip();
    final Timing full = Engine.run(split, chip, Detail.FULL);
    final Timing folded = Engine.run(split, chip, Detail.FOLDED);
    assertTrue(folded.folded());
    assertEquals(1, (double) folded.makespanPicos() / full.makespanPicos(), TOLERANCE);
    assertEquals(full.counters(), folded.counters());
  }

  @Test
  void shouldNotFoldShortPrograms() {
    final Chip chip = TestChips.gpu();
    final TestGemm small = TestGemm.of(1024, 1024, 256, 128, 128, 64, 64, 3);
    assertFalse(Engine.run(small, chip, Detail.FOLDED).folded());
  }

  private static Chip node() {
    return Descriptions.here()
        .system("dgx-h100", Optional.empty(), Overrides.none())
        .value()
        .chip();
  }

  private static Timing reduced(
      final CollectiveMapping mapping,
      final int devices,
      final long elements,
      final Detail detail) {
    final Chip chip = node();
    final Collective op =
        new Collective("c", Collective.Kind.ALL_REDUCE, elements, Format.BF16, devices);
    return Engine.run(Mapper.lower(op, mapping, chip), chip, detail);
  }

  @ParameterizedTest
  @EnumSource(
      value = CollectiveAlgorithm.class,
      names = {"ONE_SHOT", "TWO_SHOT", "RING"})
  void shouldLetOneDeviceStandForAllBehindASwitch(final CollectiveAlgorithm algorithm) {
    final CollectiveMapping mapping = new CollectiveMapping(algorithm, 4, 64);
    final Timing full = reduced(mapping, 8, 1 << 21, Detail.FULL);
    final Timing folded = reduced(mapping, 8, 1 << 21, Detail.FOLDED);
    assertTrue(folded.folded());
    assertEquals(1, (double) folded.makespanPicos() / full.makespanPicos(), 0.01);
    assertEquals(full.counters(), folded.counters());
    assertEquals(full.residentShare(), folded.residentShare(), TOLERANCE);
    assertTrue(folded.events() * 7 < full.events());
  }

  /** Of longer pieces devices that are all simulated drift apart, and are up to a fifth slower. */
  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void shouldLetOneDeviceStandForAllWhoseShortPiecesAreAddedInASwitch(final int chunks) {
    final CollectiveMapping mapping =
        new CollectiveMapping(CollectiveAlgorithm.IN_SWITCH, chunks, 64, 1348, 0, 0);
    final long elements = 8L * 64 * chunks * 1024;
    final Timing full = reduced(mapping, 8, elements, Detail.FULL);
    final Timing folded = reduced(mapping, 8, elements, Detail.FOLDED);
    assertEquals(1, (double) folded.makespanPicos() / full.makespanPicos(), 0.03);
    assertEquals(full.counters(), folded.counters());
    assertTrue(folded.events() * 7 < full.events());
  }

  @Test
  void shouldNotLetOneDeviceStandForOthersWithLongerParts() {
    final CollectiveMapping mapping = new CollectiveMapping(CollectiveAlgorithm.TWO_SHOT, 4, 64);
    assertFalse(reduced(mapping, 8, (1 << 21) + 1, Detail.FOLDED).folded());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldLetFewLanesStandForAllOfAnExchangeOfUnequalParts(final long seed) {
    final Random random = new Random(seed);
    final int[][] rows = new int[8][8];
    for (final int[] of : rows) {
      Arrays.setAll(of, to -> 300 + random.nextInt(200));
    }
    final Collective op = Collective.routed("c", new Traffic(rows, 7168), Format.FP8_E4M3);
    final Chip chip = node();
    final TileProgram program =
        Mapper.lower(op, new CollectiveMapping(CollectiveAlgorithm.ONE_SHOT, 20, 64), chip);
    final Timing full = Engine.run(program, chip, Detail.FULL);
    final Timing folded = Engine.run(program, chip, Detail.FOLDED);
    assertEquals(1, (double) folded.makespanPicos() / full.makespanPicos(), 0.03);
    assertEquals(full.counters(), folded.counters());
    assertTrue(folded.events() * 3 < full.events());
  }
}
