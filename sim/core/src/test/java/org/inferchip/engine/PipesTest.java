package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PipesTest {
  @Test
  void shouldServeFirstInFirstOut() {
    final Pipes pipes = new Pipes();
    final int pipe = pipes.add(1e12); // one byte a picosecond
    assertEquals(100, pipes.serve(pipe, 0, 100));
    assertEquals(150, pipes.serve(pipe, 20, 50));
    assertEquals(1010, pipes.serve(pipe, 1000, 10));
    assertEquals(160, pipes.served(pipe));
  }

  @Test
  void shouldRoundUpOnceNotForEachTransfer() {
    final Pipes pipes = new Pipes();
    final int pipe = pipes.add(3e12); // a third of a picosecond a byte
    long end = 0;
    for (int i = 0; i < 3000; i++) {
      end = pipes.serve(pipe, 0, 1);
    }
    assertEquals(1000, end, 1);
    assertTrue(end >= 1000);
  }

  @Test
  void shouldNotOverflowOnLargeTransfers() {
    // 1e12 bytes at 3.35 TB/s: the product in picoseconds has 128 bits.
    final Pipes pipes = new Pipes();
    final double exact = 1e12 / 3.35e12 * 1e12;
    assertEquals(exact, pipes.serve(pipes.add(3.35e12), 0, 1_000_000_000_000L), 10);
  }

  @Test
  void shouldNeverBeFasterThanTheExactRational() {
    final SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 1000; i++) {
      final long rate = random.nextLong(1_000_000_000L, 20_000_000_000_000L);
      final long bytes = random.nextLong(1, 1L << 36);
      final BigDecimal exact =
          BigDecimal.valueOf(bytes)
              .multiply(BigDecimal.valueOf(1_000_000_000_000L))
              .divide(BigDecimal.valueOf(rate), MathContext.DECIMAL128);
      final long least = exact.setScale(0, RoundingMode.CEILING).longValueExact();
      final long picos = Pipes.alone(rate, bytes);
      assertTrue(picos >= least, rate + " " + bytes);
      assertTrue(picos <= least + 1 + least / 1e10, rate + " " + bytes);
    }
  }

  @Test
  void shouldRefusePipesWithoutBandwidth() {
    assertThrows(IllegalArgumentException.class, () -> new Pipes().add(0));
    assertThrows(IllegalArgumentException.class, () -> new Pipes().add(Double.NaN));
  }
}
