package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.inferchip.energy.EnergyBreakdown;
import org.junit.jupiter.api.Test;

class StepBatchTest {
  @Test
  void shouldKeepTotalsBeyondItsFirstCapacity() {
    final StepBatch batch = new StepBatch();
    for (int context = 1; context <= 1000; context++) {
      batch.addDecode(context);
      batch.addPrefill(3, context, context % 2 == 0);
    }
    assertEquals(1000, batch.decodes());
    assertEquals(500_500, batch.decodeContextSum());
    assertEquals(1000, batch.decodeContextMax());
    assertEquals(3000, batch.prefillTokens());
    assertEquals(4000, batch.tokens());
    assertEquals(1500, batch.samples());
    assertEquals(2000, batch.requests());
    assertEquals(0.75, batch.prefillTokenShare());
    assertEquals(7, batch.chunkContext(6));
    assertTrue(batch.chunkSampled(7));
  }

  @Test
  void shouldForgetEverythingWhenCleared() {
    final StepBatch batch = new StepBatch();
    batch.addDecode(5);
    batch.addPrefill(4, 0, true);
    batch.clear();
    assertEquals(0, batch.tokens() + batch.samples() + batch.decodeContextMax());
    assertThrows(IndexOutOfBoundsException.class, () -> batch.decodeContext(0));
  }

  @Test
  void shouldRefuseAnIntervalAboveTheLatency() {
    final StepTime time = new StepTime();
    assertThrows(IllegalArgumentException.class, () -> time.set(10, 11, 0, EnergyBreakdown.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> time.set(10, 10, Double.NaN, EnergyBreakdown.ZERO));
  }
}
