package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.arch.yaml.Overrides;

/**
 * Scores what engines serve by tiers. Nothing is fitted to served requests, so every row is scored:
 * with the parameters that the stack declares for {@link SetUp#SERVING} at the typical values of
 * the class (datasheet), at those of stacks of other generations of the class (transferred), and as
 * described.
 */
final class ServedTiers {
  private static final IntPredicate ALL = row -> true;

  private final Descriptions descriptions;
  private final Reading reading;
  private final RowFilter where;
  private final Predictor predictor;
  private final SharedTimings timings;
  private final Generations generations;

  ServedTiers(
      final Descriptions descriptions,
      final Reading reading,
      final RowFilter where,
      final Predictor predictor,
      final SharedTimings timings) {
    this.descriptions = descriptions;
    this.reading = reading;
    this.where = where;
    this.predictor = predictor;
    this.timings = timings;
    generations = new Generations(descriptions, reading, where.ofAnyDevice());
  }

  /**
   * What was found.
   *
   * @param tiers scored rows by tier
   * @param files descriptions
   */
  record Scores(Map<String, List<Scored>> tiers, List<InputFile> files) {}

  /**
   * Scores rows of one chip and one stack.
   *
   * @param setUps of the rows
   * @param refused takes rows that cannot be predicted
   * @param log told where values came from
   * @throws org.inferchip.units.InvalidInputException if the stack declares no parameter
   */
  Scores run(final Set<SetUp> setUps, final Skips refused, final Consumer<String> log) {
    final SetUp one = setUps.iterator().next();
    final Bench bench =
        new Bench(
            descriptions,
            reading,
            List.of(one.chip()),
            row -> setUps.contains(row.setUp()) && where.takes(row),
            predictor,
            timings);
    final Bench.Trial described = bench.search(Overrides.none(), ALL);
    final List<Knob> knobs =
        Calibration.knobs(described.targets().named(one.chip(), one.stack()), one.op());
    described.outcomes().stream()
        .filter(outcome -> outcome.prediction() == null)
        .forEach(outcome -> refused.add(outcome.refusal()));
    final Map<String, List<Scored>> tiers = new LinkedHashMap<>();
    tiers.put(
        CalibrationReport.DATASHEET,
        scored(bench.keep(Calibration.typical(knobs), described, ALL)));
    final Optional<Overrides> carried = generations.values(knobs, setUps, log);
    carried.ifPresent(
        values ->
            tiers.put(CalibrationReport.TRANSFERRED, scored(bench.keep(values, described, ALL))));
    tiers.put(CalibrationReport.DESCRIBED, scored(described));
    return new Scores(tiers, described.targets().files());
  }

  private static List<Scored> scored(final Bench.Trial trial) {
    final Fold fold = new Fold(trial.rows());
    final List<Scored> scored = new ArrayList<>();
    for (int i = 0; i < trial.rows().size(); i++) {
      final Measurement row = trial.rows().get(i);
      final Prediction prediction = trial.outcomes().get(i).prediction();
      if (prediction != null) {
        scored.add(fold.scored(row, prediction));
      }
    }
    return scored;
  }
}
