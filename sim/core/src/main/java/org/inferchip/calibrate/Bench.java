package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;

/**
 * Predicts the same rows for one set of parameter values after another. Rows are read anew from the
 * tables for each set, so every kind of row that can be validated can be calibrated on. One thread
 * asks at a time.
 */
final class Bench {
  private final Descriptions descriptions;
  private final Reading reading;
  private final List<String> systems;
  private final Predicate<Measurement> wanted;
  private final Predictor predictor;
  private final SharedTimings timings;
  private Reading narrowed;

  /**
   * A bench.
   *
   * @param systems to which rows are confined; empty: every device that has a description
   * @param wanted which rows are predicted
   * @param timings of chips, which benches share
   */
  Bench(
      final Descriptions descriptions,
      final Reading reading,
      final List<String> systems,
      final Predicate<Measurement> wanted,
      final Predictor predictor,
      final SharedTimings timings) {
    this.descriptions = descriptions;
    this.reading = reading;
    this.systems = systems;
    this.wanted = wanted;
    this.predictor = predictor;
    this.timings = timings;
  }

  /**
   * Rows and what they took by simulation.
   *
   * @param targets whose simulators have chosen the mappings
   * @param rows in the order of the tables
   * @param outcomes of each row; null where it was not asked for
   */
  record Trial(Targets targets, List<Measurement> rows, List<Predictor.Outcome> outcomes) {
    /** Predicted number; NaN where there is none. */
    double predicted(final int row) {
      final Predictor.Outcome outcome = outcomes.get(row);
      return outcome == null || outcome.prediction() == null
          ? Double.NaN
          : outcome.prediction().value();
    }
  }

  /** The rows, and the reasons for which others are none. */
  List<Measurement> rows(final Skips skips) {
    return read(reading, new Targets(descriptions, systems), skips);
  }

  /** The tables with the wanted rows alone, so that other devices are not described each time. */
  private Reading narrowed() {
    if (narrowed == null) {
      narrowed =
          reading.only(
              rows(new Skips()).stream()
                  .map(row -> row.file() + ":" + row.line())
                  .collect(Collectors.toSet()));
    }
    return narrowed;
  }

  /** Predicts rows with mappings searched anew. */
  Trial search(final Overrides values, final IntPredicate which) {
    return trial(new Targets(descriptions, systems, values, null, timings), which);
  }

  /** Predicts rows with the mappings of an earlier trial. */
  Trial keep(final Overrides values, final Trial before, final IntPredicate which) {
    return trial(new Targets(descriptions, systems, values, before.targets(), timings), which);
  }

  private Trial trial(final Targets targets, final IntPredicate which) {
    final List<Measurement> rows = read(narrowed(), targets, new Skips());
    final List<Measurement> asked = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (which.test(i)) {
        asked.add(rows.get(i));
      }
    }
    final List<Predictor.Outcome> answers = predictor.predict(asked, count -> () -> {});
    final Predictor.Outcome[] outcomes = new Predictor.Outcome[rows.size()];
    int next = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (which.test(i)) {
        outcomes[i] = answers.get(next++);
      }
    }
    return new Trial(targets, rows, Arrays.asList(outcomes));
  }

  private List<Measurement> read(final Reading tables, final Targets targets, final Skips skips) {
    return tables.measurements(targets, skips, true).stream().filter(wanted).toList();
  }
}
