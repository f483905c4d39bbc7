package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.explore.Evaluation;
import org.inferchip.report.Charts.Axis;
import org.inferchip.simulation.OperatorTotal;
import org.jfree.chart.JFreeChart;

/**
 * The roofline of a chip (Williams, Waterman and Patterson 2009) with the operators of a run: each
 * at its mean intensity and its mean rate over the run, launch floors included.
 */
final class RooflineChart {
  private static final int POINTS = 60;
  private static final double LEAST_INTENSITY = 0.1;
  private static final double MOST_INTENSITY = 1e4;
  private static final double LEAST_SHARE = 0.002;

  private final Evaluation evaluation;

  RooflineChart(final Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  JFreeChart chart() {
    final Chip chip = evaluation.plan().system().chip();
    final boolean external = chip.memory().isPresent();
    return Charts.linesAndPoints(
        "Roofline of " + chip.name() + " with the operators of the run",
        Axis.log("intensity [op per byte of " + (external ? "memory" : "on-chip memory") + "]"),
        Axis.log("rate of one chip [TFLOP/s]"),
        List.of(ceiling(chip)),
        operators());
  }

  private Series ceiling(final Chip chip) {
    final double peak =
        chip.peak()
            .getOrDefault(
                evaluation.plan().weights(),
                chip.peak().values().stream().mapToDouble(Double::doubleValue).max().orElse(1));
    final double bandwidth =
        chip.memory().isPresent()
            ? chip.memory().get().bandwidth()
            : chip.shared().orElseThrow().bandwidth();
    final double[] x = new double[POINTS];
    final double[] y = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      final double along = (double) i / (POINTS - 1);
      x[i] = LEAST_INTENSITY * StrictMath.pow(MOST_INTENSITY / LEAST_INTENSITY, along);
      y[i] = Math.min(peak, x[i] * bandwidth) * 1e-12;
    }
    return new Series(chip.name() + " " + evaluation.plan().weights().key(), x, y);
  }

  private List<Series> operators() {
    final List<Series> marks = new ArrayList<>();
    double all = 0;
    for (final OperatorTotal total : evaluation.operators()) {
      all += total.seconds();
    }
    for (final OperatorTotal total : evaluation.operators()) {
      final boolean drawn = total.macs() > 0 && total.memoryBytes() > 0;
      if (drawn && total.seconds() > LEAST_SHARE * all) {
        final double operations = 2 * total.macs();
        final double chips = evaluation.plan().tensorParallel();
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
