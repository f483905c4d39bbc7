package org.inferchip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private record Sample(double usdPerHour, Map<String, Double> ttftMs, List<Integer> tokens) {}

  @Test
  void shouldKeepDeclaredOrderUnderSnakeCaseNames() {
    final Map<String, Double> ttft = new LinkedHashMap<>();
    ttft.put("p99", 2.5);
    ttft.put("mean", 0.1);

    assertEquals(
        """
        {
          "usd_per_hour" : 3.1,
          "ttft_ms" : {
            "p99" : 2.5,
            "mean" : 0.1
          },
          "tokens" : [
            1,
            2
          ]
        }
        """,
        Json.text(new Sample(3.1, ttft, List.of(1, 2))));
  }

  /** Shortest decimals; JDK 17's own {@code Double.toString} has two digits more in the first. */
  @ParameterizedTest
  @CsvSource({"2e23, 2.0E23", "2.2250738585072014E-308, 2.2250738585072014E-308", "0.1, 0.1"})
  void shouldWriteTheShortestDecimal(final double value, final String text) {
    assertEquals(text, Json.number(value));
  }

  @Test
  void shouldWriteDecimalsThatReadBackTheSame() {
    final SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100_000; i++) {
      final double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertEquals(value, Double.parseDouble(Json.number(value)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void shouldRefuseNumbersThatAreNotFinite(final double value) {
    assertThrows(IllegalArgumentException.class, () -> Json.text(Map.of("x", value)));
    assertThrows(
        IllegalArgumentException.class, () -> Json.text(new Sample(value, Map.of(), List.of())));
    assertThrows(IllegalArgumentException.class, () -> Json.text(new double[] {value}));
  }
}
