package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RooflineFitTest {
  private static final double PEAK = 989e12;
  private static final double BANDWIDTH = 3.35e12;

  private static Measurement row(
      final String site, final double measured, final Roofline roofline) {
    final SetUp setUp = new SetUp("chip", "stack", "device", "gemm", "bf16", "f", "latency");
    return new Measurement(
        "rows.csv", 2, setUp, site, measured, roofline, () -> Prediction.ofMany(0));
  }

  /** A row that reads one number and is predicted to be another. */
  static Scored read(final double measured, final double predicted) {
    final Roofline roofline = Roofline.of(0, PEAK, 1, BANDWIDTH);
    return new Scored(row("site", measured, roofline), Prediction.ofMany(predicted), 1, Double.NaN);
  }

  /** Rows of a machine that is a roofline of 4 us, 0.7 and 0.8. */
  private static List<Measurement> rows(final int count, final double noise) {
    final Random random = new Random(3);
    final List<Measurement> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      final double operations = StrictMath.pow(10, 8 + 5 * random.nextDouble());
      final double bytes = StrictMath.pow(10, 6 + 3 * random.nextDouble());
      final Roofline roofline = Roofline.of(operations, PEAK, bytes, BANDWIDTH);
      final double measured =
          roofline.micros(4, 0.7, 0.8) * (1 + noise * (2 * random.nextDouble() - 1));
      rows.add(row("site" + i % 40, measured, roofline));
    }
    return rows;
  }

  @Test
  void shouldFindTheParametersThatMadeTheRows() {
    final RooflineFit fit = RooflineFit.to(rows(200, 0));
    assertEquals(4, fit.launchMicros(), 0.01);
    assertEquals(0.7, fit.compute(), 0.003);
    assertEquals(0.8, fit.memory(), 0.003);
  }

  @Test
  void shouldNeverFitAnEfficiencyAboveOne() {
    final List<Measurement> rows = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      final Roofline roofline = Roofline.of(i * 1e12, PEAK, i * 1e6, BANDWIDTH);
      rows.add(row("s" + i, roofline.plain() / 2, roofline));
    }
    final RooflineFit fit = RooflineFit.to(rows);
    assertTrue(fit.compute() <= 1 && fit.memory() <= 1, fit.toString());
  }

  @Test
  void shouldPredictEachHalfByTheOther() {
    final List<Measurement> rows = rows(400, 0.2);
    final Fold fold = new Fold(rows);
    double sum = 0;
    for (final Measurement row : rows) {
      sum += Math.abs(fold.calibrated(row) / row.measured() - 1);
    }
    // Noise uniform in +-20 % averages 10 %; fitting must add next to nothing.
    assertEquals(0.10, sum / rows.size(), 0.01);
  }

  @Test
  void shouldNotCalibrateOnTheSiteItself() {
    final List<Measurement> one = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      one.add(row("only", 10, Roofline.of(1e10, PEAK, 1e6, BANDWIDTH)));
    }
    assertTrue(Double.isNaN(new Fold(one).calibrated(one.get(0))));
  }

  @Test
  void shouldScoreInPercentOfTheMeasured() {
    final Roofline roofline = Roofline.of(0, PEAK, 3.35e6, BANDWIDTH);
    final List<Scored> rows = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      // Errors of -10, +20, -30, ... +100 %.
      final double error = (i % 2 == 0 ? 0.1 : -0.1) * i;
      final Prediction predicted = Prediction.ofMany(2 * (1 + error));
      rows.add(new Scored(row("s" + i, 2, roofline), predicted, 1, Double.NaN));
    }
    final ErrorGroup group = ErrorGroup.of("k", rows);
    assertEquals(10, group.n());
    assertEquals(55, group.mape(), 1e-9);
    assertEquals(50, group.median(), 1e-9);
    assertEquals(90, group.p90(), 1e-9);
    assertEquals(5, group.bias(), 1e-9);
    assertEquals(50, group.rooflineMape(), 1e-9);
    assertTrue(group.calibratedRooflineMape().isEmpty());
  }

  @Test
  void shouldEndWhereNoRowsHaveABestFit() {
    final Roofline endless = Roofline.of(1e12, 0, 1e6, BANDWIDTH);
    final RooflineFit fit = RooflineFit.to(List.of(row("s", 5, endless)));
    assertTrue(fit.launchMicros() > 0, fit.toString());
  }
}
