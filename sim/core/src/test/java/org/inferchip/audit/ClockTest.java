package org.inferchip.audit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ClockTest {

  @Test
  void shouldKnowWhatEitherKnows() {
    final Clock both = Clock.of(7, 3).join(Clock.of(2, 5)).join(Clock.of(7, 1));
    assertTrue(both.knows(7, 3));
    assertTrue(both.knows(2, 5));
    assertFalse(both.knows(7, 4));
    assertFalse(both.knows(3, 1));
  }

  @Test
  void shouldNotGrowByWhatItKnows() {
    final Clock clock = Clock.of(7, 3).join(Clock.of(2, 5));
    assertSame(clock, clock.join(Clock.of(7, 3)));
    assertSame(clock, clock.join(Clock.EMPTY));
    assertSame(clock, Clock.EMPTY.join(clock));
  }
}
