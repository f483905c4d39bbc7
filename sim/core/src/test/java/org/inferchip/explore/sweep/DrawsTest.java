package org.inferchip.explore.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.inferchip.explore.sweep.Axis.Spacing;
import org.inferchip.units.Dimension;
import org.junit.jupiter.api.Test;

class DrawsTest {
  @Test
  void shouldHaveOnePointInEveryPartOfEveryAxis() {
    final double[][] points = Draws.latin(25, 3, 7, 0);
    for (int k = 0; k < 3; k++) {
      final int axis = k;
      assertArrayEquals(
          IntStream.range(0, 25).toArray(),
          Arrays.stream(points).mapToInt(point -> (int) (point[axis] * 25)).sorted().toArray());
    }
  }

  @Test
  void shouldDrawTheSameFromTheSameSeedOnly() {
    assertArrayEquals(Draws.uniform(5, 2, 1, 0)[4], Draws.uniform(5, 2, 1, 0)[4]);
    assertNotEquals(Draws.uniform(5, 2, 1, 0)[4][0], Draws.uniform(5, 2, 2, 0)[4][0]);
    assertNotEquals(Draws.uniform(5, 2, 1, 0)[4][0], Draws.uniform(5, 2, 1, 1)[4][0]);
  }

  @Test
  void shouldStandAtEqualRatiosOfQuantities() {
    final Scale scale =
        new Scale(
            Amount.of("1 TB/s").orElseThrow(), Amount.of("16 TB/s").orElseThrow(), Spacing.LOG);
    assertEquals(4e12, scale.at(0.5).value(), 1);
    assertEquals(Dimension.BYTES_PER_SECOND, scale.at(0.5).dimension().orElseThrow());
    assertEquals(16e12, scale.at(1).value());
  }

  @Test
  void shouldRoundBetweenWholeNumbers() {
    final Scale scale =
        new Scale(Amount.of("1").orElseThrow(), Amount.of("4").orElseThrow(), Spacing.LINEAR);
    assertEquals("2", scale.at(0.4).text());
    assertEquals("4", scale.at(1).text());
  }

  @Test
  void shouldReadAmountsWithAnyUnitOrNone() {
    assertEquals(8e9, Amount.of("8 GB").orElseThrow().value());
    assertEquals(0.5, Amount.of(".5").orElseThrow().value());
    assertEquals(true, Amount.of("bf16").isEmpty());
  }
}
