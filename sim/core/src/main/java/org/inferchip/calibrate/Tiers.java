package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.inferchip.arch.yaml.Overrides;

/** Scores sets of parameter values on the rows that no fit to the device has seen. */
final class Tiers {
  private final Bench bench;
  private final List<Integer> scoring;
  private final Set<Integer> asked;
  private final RooflineFit roofline;
  private final List<ErrorGroup> scores = new ArrayList<>();

  Tiers(final Bench bench, final Bench.Trial rows, final Calibration.Split split) {
    this.bench = bench;
    this.scoring = split.scoring();
    this.asked = new HashSet<>(scoring);
    this.roofline = RooflineFit.to(split.training().stream().map(rows.rows()::get).toList());
  }

  /** Scores values. Rows that they make impossible to predict are left out of the tier's count. */
  void add(final String tier, final Overrides values) {
    final Bench.Trial trial = bench.search(values, asked::contains);
    final List<Scored> scored = new ArrayList<>();
    for (final int row : scoring) {
      final Measurement measurement = trial.rows().get(row);
      final Prediction prediction = trial.outcomes().get(row).prediction();
      if (prediction != null) {
        scored.add(
            new Scored(
                measurement,
                prediction,
                measurement.roofline().plain(),
                roofline.micros(measurement.roofline())));
      }
    }
    if (!scored.isEmpty()) {
      scores.add(ErrorGroup.of(tier, scored));
    }
  }

  List<ErrorGroup> scores() {
    return List.copyOf(scores);
  }
}
