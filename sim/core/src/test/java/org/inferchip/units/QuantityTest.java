package org.inferchip.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "80 GiB, BYTES, 85899345920",
    "80 GB, BYTES, 80000000000",
    "3.35 TB/s, BYTES_PER_SECOND, 3.35e12",
    "200 Gbit/s, BYTES_PER_SECOND, 25e9",
    "64 B/cycle, BYTES_PER_CYCLE, 64",
    "1.755 GHz, HERTZ, 1.755e9",
    "25 us, SECONDS, 25e-6",
    "700 W, WATTS, 700",
    "4.5 pJ/bit, JOULES_PER_BIT, 4.5e-12",
    "36 pJ/B, JOULES_PER_BIT, 4.5e-12",
    "0.65 pJ/op, JOULES_PER_OPERATION, 0.65e-12",
    "814 mm2, SQUARE_MILLIMETRES, 814",
    "989 TFLOP/s, OPERATIONS_PER_SECOND, 989e12",
    "1978 TOP/s, OPERATIONS_PER_SECOND, 1978e12",
    "4 nm, NANOMETRES, 4",
    "$3.10/h, DOLLARS_PER_HOUR, 3.10",
    "3.10 $/h, DOLLARS_PER_HOUR, 3.10",
    "$28000, DOLLARS, 28000",
    "$3.5M, DOLLARS, 3500000",
    "$0.08/kWh, DOLLARS_PER_KILOWATT_HOUR, 0.08",
    "$15/GB, DOLLARS_PER_GIGABYTE, 15",
    "0.11 /cm2, DEFECTS_PER_SQUARE_CENTIMETRE, 0.11",
    "4 y, YEARS, 4",
    "12 Wh, JOULES, 43200",
  })
  void shouldReadEveryUnitIntoTheBaseUnit(
      final String text, final Dimension dimension, final double expected) {
    assertEquals(expected, Quantity.parse(text, dimension).value());
  }

  @ParameterizedTest
  @CsvSource({
    "80, BYTES, lacks a unit",
    "80 GHz, BYTES, wrong dimension",
    "80 Gib, BYTES, unknown unit",
    "NaN GB, BYTES, not a finite number",
    ".inf GB, BYTES, not a finite number",
    "eighty GB, BYTES, not a number with a unit",
    "'', BYTES, not a number with a unit",
    "700 GW, WATTS, too large",
    "1e9999 W, WATTS, too large",
    "1e-30 s, SECONDS, too small",
    "28000, DOLLARS, lacks a unit",
    "$3/kWh, DOLLARS_PER_HOUR, wrong dimension",
    "0x10 B, BYTES, unknown unit",
    "3.35 TB/s/s, BYTES_PER_SECOND, unknown unit",
  })
  void shouldRefuseWhatIsNotTheQuantityDue(
      final String text, final Dimension dimension, final String why) {
    final BadQuantityException bad =
        assertThrows(BadQuantityException.class, () -> Quantity.parse(text, dimension));
    assertTrue(bad.getMessage().contains(why), bad.getMessage());
    assertTrue(bad.expected().contains(dimension.example()), bad.expected());
  }

  @Test
  void shouldNameTheNearestUnit() {
    final BadQuantityException bad =
        assertThrows(BadQuantityException.class, () -> Quantity.parse("80 GIB", Dimension.BYTES));
    assertEquals("GiB", bad.nearest());
  }

  @ParameterizedTest
  @CsvSource({
    "85899345920, BYTES, 80 GiB",
    "80e9, BYTES, 80 GB",
    "3.35e12, BYTES_PER_SECOND, 3.35 TB/s",
    "1.755e9, HERTZ, 1.755 GHz",
    "7e-7, SECONDS, 700 ns",
    "28000, DOLLARS, $28k",
    "2.95, DOLLARS_PER_HOUR, $2.95/h",
    "6.5e-13, JOULES_PER_OPERATION, 650 fJ/op",
    "0, WATTS, 0 W",
  })
  void shouldPrintTheShortestSpelling(
      final double value, final Dimension dimension, final String expected) {
    assertEquals(expected, new Quantity(value, dimension).toString());
  }

  @ParameterizedTest
  @EnumSource(Dimension.class)
  void shouldReadBackWhatItPrints(final Dimension dimension) {
    final SplittableRandom random = new SplittableRandom(7);
    final double low = Math.log(dimension.smallest());
    final double high = Math.log(dimension.largest());
    for (int i = 0; i < 500; i++) {
      final double value = Math.exp(low + (high - low) * random.nextDouble(0.001, 0.999));
      final String text = new Quantity(value, dimension).toString();
      assertEquals(value, Quantity.parse(text, dimension).value(), text);
    }
  }

  @Test
  void shouldRoundForTables() {
    assertEquals(
        "989.4 TOP/s", new Quantity(989.42976e12, Dimension.OPERATIONS_PER_SECOND).rounded(4));
    assertEquals("80 GiB", new Quantity(85899345920.0, Dimension.BYTES).rounded(4));
  }
}
