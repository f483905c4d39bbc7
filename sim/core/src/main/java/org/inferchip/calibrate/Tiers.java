package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inferchip.arch.yaml.Overrides;

/** Scores sets of parameter values on the rows that no fit to the device has seen. */
final class Tiers {
  private final Bench bench;
  private final List<Integer> scoring;
  private final Set<Integer> asked;
  private final RooflineFit roofline;
  private final Map<String, List<Scored>> scored = new LinkedHashMap<>();

  Tiers(final Bench bench, final Bench.Trial rows, final Calibration.Split split) {
    this.bench = bench;
    this.scoring = split.scoring();
    this.asked = new HashSet<>(scoring);
    this.roofline = RooflineFit.to(split.training().stream().map(rows.rows()::get).toList());
  }

  /** Scores values. Rows that they make impossible to predict are left out of the tier's count. */
  void add(final String tier, final Overrides values) {
    final Bench.Trial trial = bench.search(values, asked::contains);
    final List<Scored> rows = new ArrayList<>();
    for (final int row : scoring) {
      final Measurement measurement = trial.rows().get(row);
      final Prediction prediction = trial.outcomes().get(row).prediction();
      if (prediction != null) {
        rows.add(
            new Scored(
                measurement,
                prediction,
                measurement.roofline().plain(),
                roofline.micros(measurement.roofline())));
      }
    }
    if (!rows.isEmpty()) {
      scored.put(tier, rows);
    }
  }

  /** Scored rows by tier, in the order in which tiers were added. */
  Map<String, List<Scored>> scored() {
    return scored;
  }

  /** Errors of each tier. */
  static List<ErrorGroup> errors(final Map<String, List<Scored>> scored) {
    return scored.entrySet().stream()
        .map(tier -> ErrorGroup.of(tier.getKey(), tier.getValue()))
        .toList();
  }
}
