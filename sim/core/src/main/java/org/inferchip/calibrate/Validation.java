package org.inferchip.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.inferchip.arch.yaml.Descriptions;

/**
 * Predicts every row of tables of measurements and scores the errors, beside those of the plain
 * roofline and of a roofline calibrated on other sites of the same set-up.
 *
 * <p>Nothing of a row but its inputs is used to predict it. Rows that cannot be predicted are
 * counted by reason; of those that can, none is left out. A row whose simulation breaks a law is
 * one of the former, and named. Results do not depend on the number of threads.
 */
public final class Validation {
  private final Descriptions descriptions;
  private final List<String> systems;
  private final int threads;

  /**
   * A validation.
   *
   * @param descriptions reads chips, stacks and models
   * @param systems to which rows are confined; empty: every device that has a description
   * @param threads that simulate
   */
  public Validation(
      final Descriptions descriptions, final List<String> systems, final int threads) {
    this.descriptions = descriptions;
    this.systems = List.copyOf(systems);
    this.threads = threads;
  }

  /** Predicts every row of tables. */
  public ValidationReport run(
      final List<Path> paths, final List<GroupBy> by, final IntFunction<Runnable> progress) {
    return run(paths, RowFilter.all(), by, progress);
  }

  /**
   * Predicts tables.
   *
   * @param paths tables, or folders of tables
   * @param where which of their rows; the others are left out without being counted
   * @param by what a group's rows have in common; where it is not the metric, a table is scored by
   *     its main metric alone (a serving table by time per output token)
   * @param progress given the count of numbers to predict, returns what is run after each
   */
  public ValidationReport run(
      final List<Path> paths,
      final RowFilter where,
      final List<GroupBy> by,
      final IntFunction<Runnable> progress) {
    final Reading reading = where.of(Reading.of(paths));
    final Skips skips = new Skips();
    final Targets targets = new Targets(descriptions, systems);
    final List<Measurement> rows =
        where.measurements(reading, targets, skips, by.contains(GroupBy.METRIC));
    final List<String> violations = new ArrayList<>();
    final List<Scored> scored = score(rows, skips, violations, progress);
    return new ValidationReport(
        reading.rows(),
        skips.counts(),
        groups(scored, by),
        scored.stream().map(one -> row(one, by)).toList(),
        violations,
        reading.files(),
        targets.files());
  }

  private List<Scored> score(
      final List<Measurement> rows,
      final Skips skips,
      final List<String> violations,
      final IntFunction<Runnable> progress) {
    final Fold fold = new Fold(rows);
    final List<Predictor.Outcome> outcomes = new Predictor(threads).predict(rows, progress);
    final List<Scored> scored = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      final Measurement row = rows.get(i);
      final Predictor.Outcome outcome = outcomes.get(i);
      if (outcome.prediction() != null) {
        scored.add(fold.scored(row, outcome.prediction()));
        continue;
      }
      skips.add(outcome.refusal());
      if (!outcome.violation().isEmpty()) {
        violations.add(row.file() + ":" + row.line() + ": " + outcome.violation());
      }
    }
    return scored;
  }

  private static List<ErrorGroup> groups(final List<Scored> rows, final List<GroupBy> by) {
    final Map<String, List<Scored>> groups = new LinkedHashMap<>();
    for (final Scored row : rows) {
      groups.computeIfAbsent(GroupBy.key(by, row.measurement()), key -> new ArrayList<>()).add(row);
    }
    final List<ErrorGroup> scores = new ArrayList<>();
    groups.forEach((key, members) -> scores.add(ErrorGroup.of(key, members)));
    return scores;
  }

  /** A scored row as it is reported. */
  static ValidationReport.Row row(final Scored scored, final List<GroupBy> by) {
    final Measurement m = scored.measurement();
    return new ValidationReport.Row(
        Path.of(m.file()).getFileName().toString(),
        m.line(),
        GroupBy.key(by, m),
        m.setUp(),
        m.site(),
        m.measured(),
        scored.prediction().value(),
        scored
            .prediction()
            .limiter()
            .map(limiter -> limiter.name().toLowerCase(Locale.ROOT))
            .orElse(ValidationReport.SEVERAL),
        scored.roofline(),
        Double.isNaN(scored.calibrated()) ? Optional.empty() : Optional.of(scored.calibrated()));
  }
}
