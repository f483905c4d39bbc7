package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.report.chart.Axis;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.Scatter;
import org.inferchip.report.chart.Series;
import org.inferchip.simulation.OperatorTotal;

/**
 * The roofline of a chip (Williams, Waterman and Patterson 2009) with the operators of a run: each
 * at its mean intensity and its mean rate over the run, launch floors included.
 */
final class RooflineChart {
  private static final int POINTS = 60;
  private static final double LEAST_INTENSITY = 0.1;
  private static final double MOST_INTENSITY = 1e4;
  private static final double LEAST_SHARE = 0.002;

  private final SystemResult result;

  RooflineChart(final SystemResult result) {
    this.result = result;
  }

  Chart chart() {
    final boolean external = result.flag("roofline/external_memory");
    return Scatter.of(
        "Roofline of " + result.text("roofline/chip"),
        Axis.log("intensity [op per byte of " + (external ? "memory" : "on-chip memory") + "]"),
        Axis.log("rate of one chip [TFLOP/s]"),
        List.of(ceiling()),
        operators());
  }

  private Series ceiling() {
    final double peak = result.number("roofline/op_per_s");
    final double bandwidth = result.number("roofline/byte_per_s");
    final double[] x = new double[POINTS];
    final double[] y = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      final double along = (double) i / (POINTS - 1);
      x[i] = LEAST_INTENSITY * StrictMath.pow(MOST_INTENSITY / LEAST_INTENSITY, along);
      y[i] = Math.min(peak, x[i] * bandwidth) * 1e-12;
    }
    return new Series(result.text("roofline/chip") + " " + result.text("placement/weights"), x, y);
  }

  private List<Series> operators() {
    final List<Series> marks = new ArrayList<>();
    double all = 0;
    for (final OperatorTotal total : result.operators()) {
      all += total.seconds();
    }
    for (final OperatorTotal total : result.operators()) {
      final boolean drawn = total.macs() > 0 && total.memoryBytes() > 0;
      if (drawn && total.seconds() > LEAST_SHARE * all) {
        final double operations = 2 * total.macs();
        final double chips = result.number("placement/tensor_parallel");
        marks.add(
            new Series(
                total.name(),
                new double[] {operations / total.memoryBytes()},
                new double[] {operations / total.seconds() / chips * 1e-12}));
      }
    }
    return marks;
  }
}
