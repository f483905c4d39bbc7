package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapEventQueueTest {
  private record Event(long time, int order, long number, int payload) {}

  @Test
  void shouldHandCompletionsOverBeforeUnitsFallingFree() {
    final EventQueue queue = new HeapEventQueue(4);
    queue.schedule(5, EventQueue.FREE, 1);
    queue.schedule(5, EventQueue.COMPLETION, 2);
    queue.schedule(4, EventQueue.FREE, 3);
    assertEquals(3, queue.pop());
    assertEquals(2, queue.pop());
    assertEquals(1, queue.pop());
    assertEquals(5, queue.time());
    assertTrue(queue.isEmpty());
  }

  @Test
  void shouldKeepFifoOrderAmongSimultaneousEvents() {
    final EventQueue queue = new HeapEventQueue(1);
    for (int i = 0; i < 1000; i++) {
      queue.schedule(7, EventQueue.COMPLETION, i);
    }
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, queue.pop());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldAgreeWithASortedQueueOnRandomSequences(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final EventQueue queue = new HeapEventQueue(2);
    final PriorityQueue<Event> reference =
        new PriorityQueue<>(
            Comparator.comparingLong(Event::time)
                .thenComparingInt(Event::order)
                .thenComparingLong(Event::number));
    // Few distinct times make ties; a wide spread makes none.
    final int spread = seed % 2 == 0 ? 4 : 1_000_000;
    for (int step = 0; step < 20_000; step++) {
      if (!reference.isEmpty() && random.nextInt(100) < (step / 5000 % 2 == 0 ? 40 : 60)) {
        final Event first = reference.remove();
        assertEquals(first.payload(), queue.pop());
        assertEquals(first.time(), queue.time());
      } else {
        final long time = queue.time() + random.nextInt(spread);
        final int order = random.nextInt(2);
        reference.add(new Event(time, order, step, step));
        queue.schedule(time, order, step);
      }
      assertEquals(reference.size(), queue.size());
    }
  }

  @Test
  void shouldRefuseWhatItCannotHold() {
    final EventQueue queue = new HeapEventQueue(4);
    assertThrows(IllegalArgumentException.class, () -> queue.schedule(-1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> queue.schedule(0, 0, 1 << 24));
    assertThrows(IllegalStateException.class, queue::pop);
  }
}
