package org.inferchip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class KeyBlocksTest {
  @Test
  void shouldSeeLocalFirstAndStridedBlocks() {
    // Two local blocks of four, the first, and every third: blocks 0, 2, 5, 8, ...
    final KeyBlocks blocks = new KeyBlocks(4, 2, 1, 3);
    final int query = 38; // in block 9
    assertTrue(blocks.sees(query, 38) && blocks.sees(query, 36));
    assertFalse(blocks.sees(query, 39));
    assertTrue(blocks.sees(query, 32));
    assertFalse(blocks.sees(query, 31));
    assertFalse(blocks.sees(query, 24));
    assertTrue(blocks.sees(query, 23) && blocks.sees(query, 20));
    assertFalse(blocks.sees(query, 19));
    assertTrue(blocks.sees(query, 8));
    assertFalse(blocks.sees(query, 7));
    assertTrue(blocks.sees(query, 0));
    // Blocks 0, 2, 5, 8 and three keys of its own.
    assertEquals(19, blocks.seen(query));
  }

  @Test
  void shouldCountAsItSees() {
    final SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 300; i++) {
      final KeyBlocks blocks =
          new KeyBlocks(
              random.nextInt(1, 9), random.nextInt(1, 5), random.nextInt(4), random.nextInt(6));
      final int from = random.nextInt(90);
      final int to = from + random.nextInt(40);
      long seen = 0;
      long any = 0;
      for (int key = 0; key <= to; key++) {
        seen += blocks.sees(to, key) ? 1 : 0;
        boolean somebody = false;
        for (int query = from; query <= to; query++) {
          somebody |= blocks.sees(query, key);
        }
        any += somebody ? 1 : 0;
      }
      assertEquals(seen, blocks.seen(to), blocks + " at " + to);
      assertEquals(any, blocks.seenByAny(from, to), blocks + " from " + from + " to " + to);
    }
  }
}
