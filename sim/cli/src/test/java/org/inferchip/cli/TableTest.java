package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
  @Test
  void shouldAlignWordsLeftAndNumbersRight() {
    final Table table = new Table().left("name").right("time", "us");
    table.row("a", 12.5).row("longer", 1234567L).row("none", null);

    assertEquals(
        """
        name    time [us]
        ------  ---------
        a            12.5
        longer    1234567
        none            -
        """,
        table.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "-2.5, -2.5",
    "3.14159265, 3.142",
    "0.000123456, 0.0001235",
    "0.0000123456, 1.235e-5",
    "123456.7, 123500",
    "1e7, 1e7",
    "6.02214076e23, 6.022e23",
    "NaN, -"
  })
  void shouldShowFourSignificantDigits(final double value, final String text) {
    assertEquals(text, Table.number(value));
  }

  @Test
  void shouldRefuseARowOfAnotherWidth() {
    assertThrows(IllegalArgumentException.class, () -> new Table().left("a").row(1, 2));
  }
}
