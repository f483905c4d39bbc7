package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WattsLawTest {
  private static final SetUp SET_UP =
      new SetUp("chip", "stack", "device", "matmul", "fp16", "framework", "power");

  /** 23 W and 0.68 pJ for each operation, on eight sites. */
  private static List<Measurement> rows(final int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Measurement(
                    "table.csv",
                    i + 2,
                    SET_UP,
                    "site" + i,
                    23 + 0.68 * i,
                    new WattsLaw(i, 60),
                    () -> Prediction.ofMany(1)))
        .toList();
  }

  @Test
  void shouldFindTheFloorAndTheEnergyOfAnOperationOnTheOtherSites() {
    final List<Measurement> rows = rows(16);
    final Fold fold = new Fold(rows);
    for (final Measurement row : rows) {
      assertEquals(row.measured(), fold.calibrated(row), 0.01);
    }
  }

  @Test
  void shouldTakeTheMedianOfTheOtherSitesForTheConstant() {
    final List<Measurement> rows = rows(16);
    // Sites 1, 3, ... 15 on one side: their median lies between 7 and 9.
    assertEquals(23 + 0.68 * 8, new Fold(rows).plain(rows.get(0)), 1e-9);
  }

  @Test
  void shouldStandBesideTheLimitWhereThereAreNoOtherSites() {
    final List<Measurement> rows = rows(2);
    assertEquals(60, new Fold(rows).plain(rows.get(0)), 0);
  }
}
