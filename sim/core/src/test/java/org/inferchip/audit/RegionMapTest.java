package org.inferchip.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegionMapTest {
  private static final int SIZE = 24;

  private static RegionMap.Write write(
      final int row, final int col, final int rows, final int cols) {
    return new RegionMap.Write(row, col, rows, cols, new Content.Unknown(rows, cols), 0, 0);
  }

  private static boolean meet(final RegionMap.Write a, final RegionMap.Write b) {
    return a.row() < b.row() + b.rows()
        && b.row() < a.row() + a.rows()
        && a.col() < b.col() + b.cols()
        && b.col() < a.col() + a.cols();
  }

  private static RegionMap.Write random(final SplittableRandom random) {
    final int row = random.nextInt(SIZE);
    final int col = random.nextInt(SIZE);
    return write(row, col, random.nextInt(1, SIZE - row + 1), random.nextInt(1, SIZE - col + 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldFindWhatTouchesARegion(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      final RegionMap map = new RegionMap();
      final List<RegionMap.Write> kept = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        final RegionMap.Write next = random(random);
        final boolean free = kept.stream().noneMatch(other -> meet(other, next));
        assertEquals(free, map.add(next) == null);
        if (free) {
          kept.add(next);
        }
        final RegionMap.Write probe = random(random);
        final List<RegionMap.Write> found =
            map.find(probe.row(), probe.col(), probe.rows(), probe.cols());
        final Set<RegionMap.Write> expected = new HashSet<>();
        kept.stream().filter(other -> meet(other, probe)).forEach(expected::add);
        assertEquals(expected.size(), found.size());
        assertEquals(expected, new HashSet<>(found));
      }
      assertEquals(kept.stream().mapToLong(RegionMap.Write::area).sum(), map.area());
    }
  }

  @Test
  void shouldNameTheFirstHole() {
    final RegionMap map = new RegionMap();
    map.add(write(0, 0, 4, 8));
    assertEquals("row 4 column 0", map.hole(8, 8));
    map.add(write(4, 0, 4, 5));
    assertEquals("row 4 column 5", map.hole(8, 8));
    map.add(write(4, 5, 4, 3));
    assertNull(map.hole(8, 8));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldMeasureTheUnionOfRegions(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 100; round++) {
      final Coverage coverage = new Coverage();
      final boolean[][] covered = new boolean[SIZE][SIZE];
      for (int i = 0; i < 6; i++) {
        final RegionMap.Write next = random(random);
        coverage.add(next.row(), next.col(), next.rows(), next.cols());
        coverage.add(next.row(), next.col(), next.rows(), next.cols());
        for (int r = next.row(); r < next.row() + next.rows(); r++) {
          for (int c = next.col(); c < next.col() + next.cols(); c++) {
            covered[r][c] = true;
          }
        }
      }
      long area = 0;
      for (final boolean[] line : covered) {
        for (final boolean cell : line) {
          area += cell ? 1 : 0;
        }
      }
      assertEquals(area, coverage.area());
    }
  }
}
