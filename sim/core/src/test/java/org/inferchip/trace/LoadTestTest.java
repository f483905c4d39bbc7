package org.inferchip.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.inferchip.trace.LoadTest.Turn;
import org.junit.jupiter.api.Test;

class LoadTestTest {
  @Test
  void shouldLetEachUserWaitForTheLastAnswer() {
    final Trace trace =
        LoadTest.closed(2, 3, (round, user) -> new Turn(10 * round + user + 1, 5, 7));

    final List<Request> requests = trace.requests();
    assertEquals(6, requests.size());
    assertEquals(
        List.of(1, 2, 11, 12, 21, 22), requests.stream().map(Request::inputTokens).toList());
    assertEquals(List.of(), requests.get(1).waitFor());
    assertEquals(7, requests.get(1).arrivalNanos());
    assertEquals(List.of("r1"), requests.get(3).waitFor());
    assertEquals(List.of("r3"), requests.get(5).waitFor());
    assertEquals(7, requests.get(5).delayNanos());
  }

  @Test
  void shouldArriveAtTheMeanRateWithTheSpreadOfAPoissonProcess() {
    final int count = 10_000;
    final List<Request> requests =
        LoadTest.open(count, 50, 1, (round, user) -> new Turn(8, 8, 0)).requests();

    // Gaps are exponential: mean and standard deviation are both 1 / rate.
    double sum = 0;
    double squares = 0;
    long before = 0;
    for (final Request request : requests) {
      final double gap = (request.arrivalNanos() - before) * 1e-9;
      before = request.arrivalNanos();
      sum += gap;
      squares += gap * gap;
    }
    final double mean = sum / count;
    assertEquals(0.02, mean, 0.02 * 4 / Math.sqrt(count));
    assertEquals(0.02, Math.sqrt(squares / count - mean * mean), 0.02 * 0.05);
    assertTrue(requests.get(0).arrivalNanos() > 0);
  }
}
