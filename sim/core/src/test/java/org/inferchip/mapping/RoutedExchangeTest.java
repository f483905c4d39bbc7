package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Traffic;
import org.inferchip.program.ProgramLaws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows go where they are told, each once, whatever their numbers. */
final class RoutedExchangeTest {
  private static ProgramLaws check(final Traffic rows, final int chunks, final int lanes) {
    return ProgramLaws.check(
        Mapper.lower(
            Collective.routed("c", rows, Format.BF16),
            new CollectiveMapping(CollectiveAlgorithm.ONE_SHOT, chunks, lanes),
            TestChips.gpu()));
  }

  @Test
  void shouldSendWhatLeavesEachDevice() {
    final Traffic rows = new Traffic(new int[][] {{5, 1, 2}, {0, 7, 3}, {4, 0, 0}}, 64);
    assertEquals(22, rows.total());
    // Off the diagonal: 1 + 2 + 3 + 4 rows of 64 elements of two bytes.
    assertEquals(10 * 64 * 2, check(rows, 1, 2).sent);
    assertEquals(10 * 64 * 2, check(rows, 3, 2).sent);
    // Device 2 sends 4 rows, and 5 come to it.
    final Collective op = Collective.routed("c", rows, Format.BF16);
    assertEquals(4 * 64 * 2, op.compulsoryLinkBytes());
    assertEquals(5 * 64 * 2, op.busiestLinkBytes());
  }

  @Test
  void shouldKnowWhereRowsComeFrom() {
    final Traffic rows = new Traffic(new int[][] {{5, 1, 2}, {0, 7, 3}, {4, 0, 0}}, 8);
    // Device 0 gets 5 + 0 + 4 rows, device 1 has 1 + 7 after them, device 2 2 + 3.
    assertEquals(9, rows.got(0));
    assertEquals(8, rows.got(1));
    assertEquals(5, rows.got(2));
    // Its own five stay; then come those of device 2, which stand behind 8 + 10 others there.
    assertEquals(4, rows.source(4));
    assertEquals(18, rows.source(5));
    // Device 1's first row is device 0's sixth.
    assertEquals(5, rows.source(9));
    assertEquals(1, rows.together(9));
    assertEquals(7, rows.together(10));
    assertEquals(2, rows.device(17, true));
    assertEquals(1, rows.device(17, false));
    assertEquals(rows, rows.back().back());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void shouldExchangeAnyRows(final int devices) {
    final SplittableRandom random = new SplittableRandom(devices);
    for (int trial = 0; trial < 20; trial++) {
      final int[][] rows = new int[devices][devices];
      long leaving = 0;
      rows[0][0] = 1;
      for (int from = 0; from < devices; from++) {
        for (int to = 0; to < devices; to++) {
          rows[from][to] += random.nextInt(3) == 0 ? 0 : random.nextInt(40);
          leaving += from == to ? 0 : rows[from][to];
        }
      }
      final int width = trial % 2 == 0 ? 96 : 7;
      final ProgramLaws laws =
          check(new Traffic(rows, width), 1 + random.nextInt(20), 1 + random.nextInt(5));
      assertEquals(leaving * width * 2, laws.sent);
      assertTrue(laws.tasks > 0);
    }
  }
}
