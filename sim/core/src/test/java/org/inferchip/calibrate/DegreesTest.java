package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.inferchip.simulation.Plan.Ranks;
import org.junit.jupiter.api.Test;

final class DegreesTest {
  private static final Optional<Integer> BOX = Optional.of(8);

  @Test
  void shouldTakeDegreesThatWereMultipliedOnce() {
    // Rows whose times are the same to the last digit: tensor parallel 4 and 16, ranks 8 and 64.
    assertEquals(Degrees.of(4, new Ranks(1, 4), 16, BOX), Degrees.of(16, new Ranks(1, 4), 16, BOX));
    assertEquals(new Degrees(4, new Ranks(1, 4), 16), Degrees.of(16, new Ranks(1, 4), 16, BOX));
    assertEquals(Degrees.of(1, new Ranks(8, 8), 32, BOX), Degrees.of(1, new Ranks(64, 8), 4, BOX));
    assertEquals(new Degrees(1, new Ranks(8, 8), 256), Degrees.of(1, new Ranks(64, 8), 4, BOX));
  }

  @Test
  void shouldLeaveOthersAsTheyAre() {
    assertEquals(new Degrees(4, new Ranks(1, 2), 16), Degrees.of(4, new Ranks(1, 2), 16, BOX));
    assertEquals(new Degrees(16, new Ranks(1, 16), 5), Degrees.of(16, new Ranks(1, 16), 5, BOX));
    assertEquals(
        new Degrees(16, new Ranks(1, 4), 5), Degrees.of(16, new Ranks(1, 4), 5, Optional.empty()));
  }
}
