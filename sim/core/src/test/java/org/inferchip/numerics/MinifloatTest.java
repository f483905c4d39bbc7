package org.inferchip.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MinifloatTest {

  static Stream<Minifloat> formats() {
    return Stream.of(Minifloat.FP16, Minifloat.BF16, Minifloat.E4M3, Minifloat.E5M2);
  }

  /** Values from the tables of IEEE 754-2019 and of the OCP 8-bit floating point specification. */
  @ParameterizedTest
  @CsvSource({
    "FP16, 0x0001, 0x1p-24",
    "FP16, 0x03ff, 0x1.ff8p-15",
    "FP16, 0x0400, 0x1p-14",
    "FP16, 0x3c00, 1",
    "FP16, 0x7bff, 65504",
    "FP16, 0x7c00, Infinity",
    "FP16, 0xc000, -2",
    "BF16, 0x3f80, 1",
    "BF16, 0x4049, 3.140625",
    "BF16, 0x0001, 0x1p-133",
    "BF16, 0xff80, -Infinity",
    "FP8_E4M3, 0x01, 0x1p-9",
    "FP8_E4M3, 0x07, 0.013671875",
    "FP8_E4M3, 0x08, 0x1p-6",
    "FP8_E4M3, 0x7e, 448",
    "FP8_E4M3, 0x7f, NaN",
    "FP8_E4M3, 0xff, NaN",
    "FP8_E4M3, 0x38, 1",
    "FP8_E5M2, 0x01, 0x1p-16",
    "FP8_E5M2, 0x03, 0x1.8p-15",
    "FP8_E5M2, 0x7b, 57344",
    "FP8_E5M2, 0x7c, Infinity",
    "FP8_E5M2, 0x7d, NaN",
    "FP8_E5M2, 0x3c, 1"
  })
  void shouldDecodeThePublishedCodes(final Format format, final String code, final double value) {
    assertEquals((float) value, Minifloat.of(format).decode(Integer.decode(code)));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void shouldGiveEveryCodeBack(final Minifloat format) {
    for (int code = 0; code < format.codes(); code++) {
      final float value = format.decode(code);
      if (!Float.isNaN(value) && !(format.saturates() && Float.isInfinite(value))) {
        assertEquals(code, format.encode(value));
        assertEquals(Float.floatToIntBits(value), Float.floatToIntBits(format.round(value)));
      }
    }
    assertTrue(Float.isNaN(format.decode(format.encode(Float.NaN))));
  }

  /** Against a search of the table of all values with exact decimal distances. */
  @ParameterizedTest
  @MethodSource("formats")
  void shouldRoundToTheNearestTableEntryWithTiesToTheEvenCode(final Minifloat format) {
    final List<Float> table = new ArrayList<>();
    for (int code = 0; code < format.codes() / 2; code++) {
      final float value = format.decode(code);
      if (Float.isFinite(value)) {
        table.add(value);
      }
    }
    final Random random = new Random(7);
    for (int code = 0; code + 1 < table.size(); code++) {
      final BigDecimal low = new BigDecimal(table.get(code));
      final BigDecimal high = new BigDecimal(table.get(code + 1));
      final float middle = (float) (((double) table.get(code) + table.get(code + 1)) / 2);
      final float between = table.get(code) + random.nextFloat() * (middle - table.get(code));
      for (final float x : List.of(middle, Math.nextUp(middle), Math.nextDown(middle), between)) {
        final BigDecimal exact = new BigDecimal(x);
        final int order = exact.subtract(low).compareTo(high.subtract(exact));
        final int nearest = order < 0 || order == 0 && code % 2 == 0 ? code : code + 1;
        assertEquals(table.get(nearest), format.round(x), () -> format + " " + x);
        assertEquals(-table.get(nearest), format.round(-x));
      }
    }
  }

  @Test
  void shouldOverflowToInfinityInIeeeFormatsFromHalfASpacingOn() {
    assertEquals(65504f, Minifloat.FP16.round(Math.nextDown(65520f)));
    assertEquals(Float.POSITIVE_INFINITY, Minifloat.FP16.round(65520f));
    assertEquals(Float.NEGATIVE_INFINITY, Minifloat.BF16.round(-Float.MAX_VALUE));
  }

  @Test
  void shouldSaturateInOcpFormatsAlsoFromInfinity() {
    assertEquals(448f, Minifloat.E4M3.round(1e30f));
    assertEquals(-448f, Minifloat.E4M3.round(Float.NEGATIVE_INFINITY));
    assertEquals(57344f, Minifloat.E5M2.round(Float.POSITIVE_INFINITY));
    assertTrue(Float.isNaN(Minifloat.E4M3.round(Float.NaN)));
  }
}
