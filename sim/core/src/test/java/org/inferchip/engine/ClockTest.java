package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ClockTest {
  @Test
  void shouldRoundTheWholeDurationUpOnce() {
    final Clock clock = new Clock(877e6); // 1140.25 ps a cycle
    assertEquals(1141, clock.picos(1));
    assertEquals(1_140_250_855_189L, clock.picos(1_000_000_000L)); // 1e21 / 877e6, rounded up
    assertEquals(0, clock.picos(0));
  }

  @Test
  void shouldHoldLongRuns() {
    assertEquals(1_000_000_000_000_000L, new Clock(9e9).picos(9_000_000_000_000L));
  }

  @Test
  void shouldRefuseNoClock() {
    assertThrows(IllegalArgumentException.class, () -> new Clock(0.1));
  }
}
