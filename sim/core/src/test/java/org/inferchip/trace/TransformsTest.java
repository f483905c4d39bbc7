package org.inferchip.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformsTest {
  private static final String CHAIN =
      """
      {"request_id":"a","timestamp":0,"input_length":10,"output_length":1}
      {"request_id":"b","wait_for":["a"],"delay":1,"input_length":11,"output_length":2}
      {"request_id":"c","timestamp":2000,"input_length":12,"output_length":3}
      {"request_id":"d","timestamp":4000,"input_length":13,"output_length":4}
      """;

  @Test
  void shouldScaleArrivalsAndLeaveThinkTimes() {
    final Trace scaled = Transforms.scaleRate(2).apply(chain(), 1);
    assertEquals(List.of(0L, -1L, 1_000_000_000L, 2_000_000_000L), arrivals(scaled));
    assertEquals(1_000_000, scaled.requests().get(1).delayNanos());
  }

  @Test
  void shouldScaleToAMeanRate() {
    final Trace scaled = Transforms.rate(4).apply(chain(), 1);
    assertEquals(4, TraceStatistics.of(scaled).requestsPerSecond(), 1e-9);
  }

  @Test
  void shouldKeepAWindowAndAccountForTheRest() {
    final Trace cut = Transforms.window(1, 4).apply(chain(), 1);
    assertEquals(List.of("c"), cut.requests().stream().map(Request::id).toList());
    assertEquals(1_000_000_000L, cut.requests().get(0).arrivalNanos());
    assertEquals(List.of(new Drop("outside_window", 3, 0)), cut.drops());
  }

  @Test
  void shouldRefuseAWindowWithoutRequests() {
    assertThrows(InvalidInputException.class, () -> Transforms.window(5, 6).apply(chain(), 1));
  }

  @Test
  void shouldThinWholeChains() {
    for (long seed = 1; seed <= 50; seed++) {
      final long drawn = seed;
      final List<String> ids;
      try {
        ids =
            Transforms.thin(0.5).apply(chain(), drawn).requests().stream()
                .map(Request::id)
                .toList();
      } catch (final InvalidInputException none) {
        continue;
      }
      assertEquals(ids.contains("a"), ids.contains("b"));
    }
  }

  @Test
  void shouldThinToTheShareWithinFourDeviations() {
    final Trace trace = PublishedTraceTest.read("azure2023_conv_dev20min.csv");
    final double kept = Transforms.thin(0.1).apply(trace, 3).requests().size();
    assertEquals(598.5, kept, 4 * Math.sqrt(5985 * 0.1 * 0.9));
  }

  @Test
  void shouldSpreadTicksAndKeepTheOrder() {
    final Trace trace = PublishedTraceTest.read("mooncake_conversation_dev1200s.jsonl");
    final Trace spread = Transforms.spreadTicks().apply(trace, 1);
    assertEquals(
        trace.requests().stream().map(Request::id).toList(),
        spread.requests().stream().map(Request::id).toList());
    for (int i = 0; i < trace.requests().size(); i++) {
      final long moved =
          spread.requests().get(i).arrivalNanos() - trace.requests().get(i).arrivalNanos();
      assertTrue(moved >= 0 && moved <= 3_001_000_000L, "moved by " + moved);
    }
    assertTrue(TraceStatistics.of(spread).gapVariation() < 1.3);
    assertEquals(spread, Transforms.spreadTicks().apply(trace, 1));
    assertNotEquals(spread, Transforms.spreadTicks().apply(trace, 2));
  }

  @Test
  void shouldRefuseToSpreadAFineClock() {
    final Trace trace = PublishedTraceTest.read("mooncake_synthetic_dev400s.jsonl");
    assertThrows(InvalidInputException.class, () -> Transforms.spreadTicks().apply(trace, 1));
  }

  /** Mean and variation of 5,985 gaps against the process they were drawn from. */
  @ParameterizedTest
  @CsvSource({
    "poisson:5, 1",
    "gamma:5:2, 2",
    "weibull:5:0.5, 0.5",
    "lognormal:5:0.8, 0.8",
    "constant:5, 0"
  })
  void shouldResampleArrivals(final String process, final double variation) {
    final Trace trace = PublishedTraceTest.read("azure2023_conv_dev20min.csv");
    final ArrivalProcess parsed = ArrivalProcess.parse(process).orElseThrow();
    final TraceStatistics drawn = TraceStatistics.of(Transforms.resample(parsed).apply(trace, 1));
    assertEquals(5, drawn.requestsPerSecond(), 0.05 + 5 * 4 * variation / Math.sqrt(5985));
    assertEquals(variation, drawn.gapVariation(), 0.15 * variation + 1e-6);
  }

  /** Weibull shape 1 is exponential; shape 2 (Rayleigh) has cv sqrt(4/pi - 1). */
  @Test
  void shouldFindTheWeibullShape() {
    assertEquals(1, ArrivalProcess.weibullShape(1), 1e-9);
    assertEquals(2, ArrivalProcess.weibullShape(Math.sqrt(4 / Math.PI - 1)), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({
    "poisson",
    "poisson:0",
    "poisson:-1",
    "poisson:NaN",
    "gamma:5",
    "gamma:5:0",
    "poisson:5:1",
    "normal:5",
    "''"
  })
  void shouldRefuseWhatIsNoProcess(final String text) {
    assertEquals(Optional.empty(), ArrivalProcess.parse(text));
  }

  @Test
  void shouldKeepTheFirstRequestsAndTheirFollowers() {
    final Trace first = Transforms.first(2).apply(chain(), 1);
    assertEquals(List.of("a", "b"), first.requests().stream().map(Request::id).toList());
    assertEquals(4, first.rowsRead());
  }

  private static Trace chain() {
    return TraceReader.read(
        "chain", CHAIN.getBytes(StandardCharsets.UTF_8), ReadOptions.defaults());
  }

  private static List<Long> arrivals(final Trace trace) {
    return trace.requests().stream().map(Request::arrivalNanos).toList();
  }
}
