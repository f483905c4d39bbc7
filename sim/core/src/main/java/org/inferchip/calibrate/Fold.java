package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The split for the calibrated roofline, and for the two laws that watts are held against: sites of
 * a set-up are dealt to two halves in order of first appearance, and each half is predicted by the
 * fit to the other. Rows of one site (the same weight matrix, the same model) are never on both
 * sides.
 */
final class Fold {
  private static final int FEWEST_ROWS = 3;

  private final Map<Measurement, RooflineFit> fits = new HashMap<>();
  private final Map<Measurement, Double> constants = new HashMap<>();

  Fold(final List<Measurement> all) {
    final Map<String, List<Measurement>> setUps = new HashMap<>();
    for (final Measurement row : all) {
      setUps.computeIfAbsent(row.setUp().calibrationKey(), key -> new ArrayList<>()).add(row);
    }
    setUps.values().forEach(this::split);
  }

  /** A row with its prediction, beside both rooflines. */
  Scored scored(final Measurement row, final Prediction prediction) {
    return new Scored(row, prediction, plain(row), calibrated(row));
  }

  /** The calibrated roofline of a row; NaN where its set-up has too few rows of other sites. */
  double calibrated(final Measurement row) {
    final RooflineFit fit = fits.get(row);
    return fit == null ? Double.NaN : fit.micros(row.roofline());
  }

  /** The plain roofline of a row; of watts, the best constant of other sites. */
  double plain(final Measurement row) {
    return constants.getOrDefault(row, row.roofline().plain());
  }

  private void split(final List<Measurement> rows) {
    final Map<String, Integer> sides = new HashMap<>();
    final List<List<Measurement>> halves = List.of(new ArrayList<>(), new ArrayList<>());
    for (final Measurement row : rows) {
      final int side = sides.computeIfAbsent(row.site(), site -> sides.size() % 2);
      halves.get(side).add(row);
    }
    for (int side = 0; side < 2; side++) {
      final List<Measurement> others = halves.get(1 - side);
      if (others.size() >= FEWEST_ROWS) {
        final RooflineFit fit = RooflineFit.to(others);
        halves.get(side).forEach(row -> fits.put(row, fit));
        if (others.get(0).roofline() instanceof WattsLaw) {
          final double constant = WattsLaw.constant(others);
          halves.get(side).forEach(row -> constants.put(row, constant));
        }
      }
    }
  }
}
