package org.inferchip.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PowerSampleTest {
  private static final long SECOND = 1_000_000_000_000L;

  private static StepSample step(final long picos, final double joules) {
    return new StepSample(picos, 1, 0, 1, 1, 1, 0, 0, joules);
  }

  /** Idle at 100 W for a second, then 50 J more in half a second, then 400 J more in two. */
  private static List<PowerSample> power() {
    return PowerSample.of(
        List.of(step(SECOND, 0), step(3 * SECOND / 2, 50)), 0, 7 * SECOND / 2, 450, 100);
  }

  @Test
  void shouldSpendTheJoulesOfTheRun() {
    final double joules =
        power().stream()
            .mapToDouble(one -> one.watts() * (one.toPicos() - one.fromPicos()) / SECOND)
            .sum();
    assertEquals(450 + 350, joules, 1e-9);
    assertEquals(List.of(100.0, 200.0, 300.0), power().stream().map(PowerSample::watts).toList());
  }

  @Test
  void shouldReadTheMeanOfTheLastSecond() {
    // Half a second of 100 W and half of 200 W; then nothing but 300 W.
    assertEquals(100, power().get(0).metered(), 1e-9);
    assertEquals(150, power().get(1).metered(), 1e-9);
    assertEquals(300, power().get(2).metered(), 1e-9);
  }

  @Test
  void shouldTakeTheChipsForIdleBeforeTheStart() {
    final List<PowerSample> short1 = PowerSample.of(List.of(step(0, 0)), 0, SECOND / 4, 100, 100);
    assertEquals(500, short1.get(0).watts(), 1e-9);
    assertEquals(200, short1.get(0).metered(), 1e-9);
  }
}
