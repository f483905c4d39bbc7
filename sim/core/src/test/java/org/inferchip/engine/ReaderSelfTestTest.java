package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.inferchip.arch.Chip;
import org.inferchip.arch.OnChipNetwork.Readers;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.junit.jupiter.api.Test;

class ReaderSelfTestTest {
  private static final Chip P150 =
      Descriptions.here().read(Kind.CHIP, "p150", Overrides.none()).value();

  private static double ofPeak(final Readers readers, final int inFlight) {
    return ReaderSelfTest.of(P150).stream()
            .filter(row -> row.readers() == readers && row.inFlight() == inFlight)
            .findFirst()
            .orElseThrow()
            .rate()
        / P150.memory().orElseThrow().bandwidth();
  }

  /** Measured on a card (tt-metal, bh_dram_read): 500, 344 and 188 of 512 GB/s. */
  @Test
  void shouldReachWhatReadersOfBlackholeReachByWhereTheyAre() {
    assertEquals(0.977, ofPeak(Readers.NEAR, 2), 0.02);
    assertEquals(0.672, ofPeak(Readers.IN_ORDER, 2), 0.02);
    assertEquals(0.672, ofPeak(Readers.IN_ORDER, 4), 0.02);
    assertEquals(0.367, ofPeak(Readers.IN_ORDER, 1), 0.02);
  }
}
