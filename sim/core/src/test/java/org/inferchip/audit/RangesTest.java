package org.inferchip.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RangesTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldBehaveAsASetOfNumbers(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      Ranges ranges = Ranges.NONE;
      final BitSet set = new BitSet();
      for (int i = 0; i < 8; i++) {
        final int from = random.nextInt(40);
        final int to = from + random.nextInt(8);
        assertEquals(set.get(from, to).cardinality() > 0, ranges.overlaps(from, to));
        assertEquals(set.get(from, to).cardinality() == to - from, ranges.contains(from, to));
        ranges = ranges.plus(from, to);
        set.set(from, to);
        assertEquals(set.cardinality(), ranges.size());
      }
      assertEquals(ranges, Ranges.NONE.plus(ranges));
      assertTrue(ranges.size() == 0 || ranges.overlaps(ranges));
    }
  }
}
