package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.mapping.AttentionMapping;
import org.inferchip.mapping.CollectiveMapping;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.MatMulMapping;
import org.inferchip.mapping.TestChips;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Skipped loops against loops that are simulated trip by trip, as observed runs are. */
class SteadyTest {
  private static final double TOLERANCE = 1e-5;

  private static Timing observed(final SampleRuns.Sample sample, final Chip chip) {
    return Engine.simulate(sample.on(chip), chip, Detail.FOLDED, span -> {}).timing();
  }

  private static Timing compared(final SampleRuns.Sample sample, final Chip chip) {
    final Timing whole = observed(sample, chip);
    final Timing skipped = Engine.run(sample.on(chip), chip, Detail.FOLDED);
    final double makespan = whole.makespanPicos();
    assertEquals(1, skipped.makespanPicos() / makespan, TOLERANCE, sample::toString);
    assertEquals(whole.counters(), skipped.counters(), sample::toString);
    assertEquals(whole.residentShare(), skipped.residentShare(), TOLERANCE, sample::toString);
    for (int i = 0; i < whole.units().size(); i++) {
      final Timing.UnitUse one = whole.units().get(i);
      final Timing.UnitUse other = skipped.units().get(i);
      final double all = makespan * one.instances();
      assertEquals(one.busyPicos() / all, other.busyPicos() / all, TOLERANCE, sample::toString);
      assertEquals(one.linkPicos() / all, other.linkPicos() / all, TOLERANCE, sample::toString);
    }
    return skipped;
  }

  @Test
  void shouldTakeTheTimeOfTripsOneByOne() {
    final SampleRuns runs = new SampleRuns(11);
    for (int i = 0; i < 30; i++) {
      compared(i % 2 == 0 ? runs.matMul() : runs.attention(), TestChips.gpu());
    }
  }

  @Test
  void shouldTakeTheTimeOfTripsOneByOneOnSystolicArraysAndWithoutMemory() {
    for (final Chip chip : TestChips.all()) {
      final MatMul op = MatMul.dense("gemm", 300, 2048, 16_384, Format.BF16);
      compared(new SampleRuns.Sample(op, new MatMulMapping(64, 128, 64, 1, 3, 8, 1, 1, 1)), chip);
    }
  }

  @Test
  void shouldHandleFewEventsOfLongLoops() {
    final Attention op =
        new Attention(
            "attention",
            List.of(new Attention.Sequence(1024, 33_000)),
            32,
            8,
            128,
            128,
            0,
            true,
            Format.BF16,
            Format.BF16);
    final SampleRuns.Sample sample =
        new SampleRuns.Sample(op, new AttentionMapping(128, 128, 1, 1, 2, 2, 1));
    final Timing skipped = compared(sample, TestChips.gpu());
    assertTrue(10 * skipped.events() < observed(sample, TestChips.gpu()).events());
  }

  @Test
  void shouldCountElementwiseTilesThatAreAlike() {
    final SampleRuns runs = new SampleRuns(12);
    for (int i = 0; i < 30; i++) {
      compared(runs.elementwise(), TestChips.gpu());
    }
  }

  private static SampleRuns.Sample message(final CollectiveAlgorithm way, final int pieces) {
    return message(way, pieces, 0);
  }

  private static SampleRuns.Sample message(
      final CollectiveAlgorithm way, final int pieces, final long more) {
    // 32 lanes of pieces of 512 elements, or some of 513, for each of 4 devices.
    final long elements = 512L * 32 * pieces * 4 + more;
    final Collective op =
        new Collective("all_reduce", Collective.Kind.ALL_REDUCE, elements, Format.BF16, 4);
    return new SampleRuns.Sample(op, new CollectiveMapping(way, pieces, 32));
  }

  /** Through a switch that adds, one device that stands for all takes a share of its own. */
  @ParameterizedTest
  @CsvSource({"RING, 0.01", "TWO_SHOT, 0.01", "IN_SWITCH, 0.03"})
  void shouldTakeTheTimeOfAllPiecesOfALargeMessage(
      final CollectiveAlgorithm way, final double tolerance) {
    final Chip chip = TestChips.gpu();
    for (final int pieces : List.of(36, 47, 84)) {
      final SampleRuns.Sample sample = message(way, pieces, pieces == 47 ? 1501 : 0);
      final Timing all = Engine.run(sample.on(chip), chip, Detail.FULL);
      final Timing paced = Engine.run(sample.on(chip), chip, Detail.FOLDED);
      assertEquals(1, paced.makespanPicos() / (double) all.makespanPicos(), tolerance);
      assertEquals(all.counters(), paced.counters());
      assertTrue(paced.folded());
      for (final Timing.UnitUse use : paced.units()) {
        assertEquals(use.instances() * paced.makespanPicos(), use.total(), use::toString);
      }
    }
  }

  @Test
  void shouldTimeBeginningsOnceOfMessagesThatTheCacheServesAlike() {
    final Chip chip = TestChips.gpu();
    final Beginnings beginnings = new Beginnings();
    for (final int pieces : List.of(84, 91, 100)) {
      final SampleRuns.Sample sample = message(CollectiveAlgorithm.RING, pieces);
      final Timing remembered =
          Engine.simulateWithin(sample.on(chip), chip, Detail.FOLDED, Long.MAX_VALUE, beginnings)
              .orElseThrow()
              .timing();
      assertEquals(Engine.run(sample.on(chip), chip, Detail.FOLDED), remembered);
      assertEquals(2, beginnings.size());
    }
    final SampleRuns.Sample other = message(CollectiveAlgorithm.TWO_SHOT, 84);
    Engine.simulateWithin(other.on(chip), chip, Detail.FOLDED, Long.MAX_VALUE, beginnings);
    assertEquals(4, beginnings.size());
  }

  /** Rows of each of eight devices for each: fewer and fewer to later ones, all from some. */
  private static Timing routed(final boolean equal, final Detail detail) {
    final int[][] rows = new int[8][8];
    for (int from = 0; from < 8; from++) {
      for (int to = 0; to < 8; to++) {
        rows[from][to] = equal ? 840 : 2500 / (2 + to) + 31 * from;
      }
    }
    final Chip chip =
        Descriptions.here().system("dgx-h100", Optional.empty(), Overrides.none()).value().chip();
    final Collective op = Collective.routed("c", new Traffic(rows, 1600), Format.BF16);
    final CollectiveMapping mapping = new CollectiveMapping(CollectiveAlgorithm.ONE_SHOT, 84, 16);
    return Engine.run(Mapper.lower(op, mapping, chip), chip, detail);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGoOnAtThePaceOfRowsOfManyTiles(final boolean equal) {
    final Timing all = routed(equal, Detail.FULL);
    final Timing paced = routed(equal, Detail.FOLDED);
    assertEquals(1, paced.makespanPicos() / (double) all.makespanPicos(), 0.01);
    assertEquals(all.counters(), paced.counters());
    // 36 of 84 tiles are simulated, of equal parts those of one device.
    assertTrue(paced.events() * (equal ? 16 : 2) < all.events());
  }
}
