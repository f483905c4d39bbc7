package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.ScaleUp.FatTree;
import org.inferchip.arch.ScaleUp.Islands;
import org.inferchip.mapping.CollectiveMapping;
import org.inferchip.mapping.Mapper;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Collective.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Collectives in levels against latency plus the bytes of the busiest link, by who sends what. */
final class TwoLevelTimesTest {
  private static final double RATE = 16e9;
  private static final double INSIDE = 1e-6;
  private static final double BETWEEN = 4e-6;
  private static final double SPINE = 2e-6;
  private static final double BYTES = 8 << 20;

  private static Chip chip(final int devices, final Islands islands) {
    return TestChips.plain()
        .scaleUp(
            new ScaleUp(
                "l",
                ScaleUp.Topology.SWITCH,
                4,
                RATE,
                1,
                INSIDE,
                devices,
                Optional.empty(),
                Optional.of(islands),
                Optional.empty(),
                Optional.empty()))
        .chip();
  }

  private static double seconds(
      final Kind kind, final int devices, final Islands islands, final CollectiveMapping way) {
    final Chip chip = chip(devices, islands);
    final Collective op = new Collective("c", kind, (long) BYTES / 2, Format.BF16, devices);
    final Timing timing = Engine.run(Mapper.lower(op, way, chip), chip, Detail.FULL);
    assertTrue(timing.makespanPicos() * 1e-12 >= op.compulsoryLinkBytes() / RATE);
    return timing.makespanPicos() * 1e-12;
  }

  private static CollectiveMapping levels(final int box) {
    return new CollectiveMapping(CollectiveAlgorithm.TWO_LEVEL, 8, 32, 1000, 0, 0, box);
  }

  @ParameterizedTest
  @CsvSource({
    "ALL_REDUCE,2,4,8", "ALL_REDUCE,4,2,8", "ALL_REDUCE,2,4,2", "ALL_REDUCE,4,4,4",
    "ALL_GATHER,2,4,8", "ALL_GATHER,4,2,4", "REDUCE_SCATTER,2,4,8", "REDUCE_SCATTER,4,2,4"
  })
  void shouldTakeWhatTheAdaptersOfABoxNeedAndLittleMore(
      final Kind kind, final int boxes, final int box, final int narrower) {
    final double between = RATE / narrower;
    final double seconds =
        seconds(kind, boxes * box, new Islands(box, between, BETWEEN), levels(box));
    final int passes = kind == Kind.ALL_REDUCE ? 2 : 1;
    // A box sends what each other box sums or gathers of it: a part of the message each.
    final double out = passes * BYTES * (boxes - 1) / boxes / between;
    // A device sends to its seats, and its share of that.
    final double own = passes * BYTES * (boxes * box - 1) / (boxes * box) / RATE;
    final double bytes = Math.max(out, own);
    final double latency = passes * (INSIDE + INSIDE + BETWEEN);
    assertTrue(seconds >= bytes, seconds + " s, under the bound " + bytes);
    assertTrue(seconds <= 1.15 * (bytes + latency), seconds + " s of " + (bytes + latency));
  }

  @ParameterizedTest
  @CsvSource({"1", "4"})
  void shouldWaitForAnOversubscribedSpine(final double oversubscription) {
    final double between = RATE / 4;
    final FatTree tree = new FatTree(2, oversubscription, SPINE);
    final double seconds =
        seconds(Kind.ALL_REDUCE, 8, new Islands(2, between, BETWEEN, Optional.of(tree)), levels(2));
    // Two boxes send a quarter of the message to each of two boxes behind the spine, twice.
    final double spine = 2 * 4 * BYTES / 4 / (2 * between / oversubscription);
    final double out = 2 * BYTES * 3 / 4 / between;
    final double latency = 2 * (INSIDE + INSIDE + BETWEEN + SPINE);
    final double bytes = Math.max(spine, out);
    assertEquals(bytes + latency, seconds, 0.15 * (bytes + latency));
  }

  @ParameterizedTest
  @CsvSource({"ALL_REDUCE", "ALL_GATHER"})
  void shouldBeFasterThanSendingFromEveryDeviceToEveryOther(final Kind kind) {
    final Islands islands = new Islands(4, RATE / 8, BETWEEN);
    final double once =
        seconds(kind, 8, islands, new CollectiveMapping(CollectiveAlgorithm.TWO_SHOT, 8, 32));
    final double levels = seconds(kind, 8, islands, levels(4));
    // Four devices of a box have the same to say to each other box.
    assertEquals(4, once / levels, 0.8);
  }
}
