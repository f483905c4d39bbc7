package org.inferchip.explore.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.inferchip.explore.pareto.Goal;
import org.inferchip.units.Dimension;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  private static final List<Column> COLUMNS =
      List.of(
          Column.millis("tpot_ms"),
          Column.of("area_mm2", Dimension.SQUARE_MILLIMETRES),
          Column.text("format"),
          Column.integer("chips"));

  private static final Map<String, Object> ROW =
      Map.of("tpot_ms", 18.0, "area_mm2", 858.0, "format", "bf16", "chips", 2L);

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "tpot_ms < 20 && area_mm2 <= 858     : true",
        "tpot_ms<20&&area_mm2<=858 mm2       : true",
        "tpot_ms < 18 ms                     : false",
        "tpot_ms <= 0.018 s                  : true",
        "area_mm2 < 8.58 cm2                 : false",
        "format == bf16                      : true",
        "format != 'bf16'                    : false",
        "tpot_ms > 20 || chips = 2           : true",
        "tpot_ms > 20 || chips >= 3 && format == bf16 : false",
      })
  void shouldCompareInTheColumnsUnit(final String text, final boolean holds) {
    assertEquals(holds, Condition.parse(text, "--where", COLUMNS).holds(ROW::get));
  }

  @Test
  void shouldNotHoldOfWhatIsMissing() {
    assertEquals(false, Condition.parse("tpot_ms > 0", "", COLUMNS).holds(name -> null));
  }

  @ParameterizedTest
  @CsvSource({
    "tpot < 3,          did you mean tpot_ms?",
    "tpot_ms,           is not a comparison",
    "tpot_ms < 3 GB,    something else than a number",
    "tpot_ms < fast,    something else than a number",
    "tpot_ms < 3 &&,    is not a comparison",
  })
  void shouldSayWhatIsWrong(final String text, final String said) {
    final InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> Condition.parse(text, "--where", COLUMNS));
    assertTrue(e.getMessage().contains(said), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "tpot_ms < 10,              true", // the bound of 18 ms is over it
    "tpot_ms < 20,              false",
    "tpot_ms > 20,              false", // the point may well be slower than its bound
    "area_mm2 < 800,            true", // exact
    "area_mm2 > 900,            true",
    "tpot_ms < 10 || chips = 2, false",
  })
  void shouldKnowWhatABoundRulesOut(final String text, final boolean impossible) {
    final Condition condition = Condition.parse(text, "", COLUMNS);
    assertEquals(impossible, condition.isImpossible(ROW::get, Map.of("tpot_ms", Goal.MIN)));
  }
}
