package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ResolutionTest {
  @Test
  void shouldSeeTheStepOfRoundedNumbers() {
    assertEquals(1, Resolution.step(List.of(3.0, 1.0, 2.0, 17.0, 30.0)));
    assertEquals(0.1, Resolution.step(List.of(3.1, 1.0, 2.0, 17.0, 30.0)), 1e-12);
    assertEquals(0.001, Resolution.step(List.of(23.328000000000003, 1.5, 2.2, 9.0, 8.0)), 1e-12);
    assertEquals(10, Resolution.step(List.of(30.0, 10.0, 20.0, 170.0, 40.0)));
    assertEquals(0, Resolution.step(List.of(1.23456, 2.0, 3.0, 4.0, 5.0)));
  }

  @Test
  void shouldTakeAFewNumbersForExact() {
    assertEquals(0, Resolution.step(List.of(10.0, 20.0, 30.0, 40.0)));
  }

  @Test
  void shouldSayHowFarAnExactPredictionOfRoundedNumbersIsOff() {
    final Random random = new Random(5);
    final List<Scored> rows = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < 4000; i++) {
      final double exact = 2 + 8 * random.nextDouble();
      final double read = Math.rint(exact);
      sum += Math.abs(exact / read - 1);
      rows.add(RooflineFitTest.read(read, exact));
    }
    assertEquals(sum / rows.size(), Resolution.share(rows), 0.002);
  }
}
