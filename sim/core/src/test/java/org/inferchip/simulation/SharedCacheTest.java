package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SharedCacheTest {
  private final SharedCache cache = new SharedCache(1e6);

  @Test
  void shouldKeepAllThatFits() {
    assertEquals(1, cache.kept(1e6));
  }

  @Test
  void shouldKeepLessAndLessOfWhatDoesNot() {
    // h = exp(-2 (1 - h)) has the root 0.2032 (the part that an epidemic of two new cases each
    // spares).
    assertEquals(0.2032, cache.kept(2e6), 1e-4);
    assertEquals(0.0595, cache.kept(3e6), 1e-4);
  }

  @Test
  void shouldKeepNothingWithoutACache() {
    assertEquals(0, new SharedCache(0).kept(1));
  }
}
