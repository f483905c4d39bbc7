package org.inferchip.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.inferchip.arch.yaml.Descriptions;

/**
 * Predicts every row of a table of measurements and scores the errors, beside those of the plain
 * roofline and of a roofline calibrated on other sites of the same set-up.
 *
 * <p>Nothing of a row but its inputs is used to predict it. Rows that cannot be predicted are
 * counted by reason; of those that can, none is left out. Results do not depend on the number of
 * threads.
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

  /**
   * Predicts a table.
   *
   * @param path the table
   * @param by what a group's rows have in common; a serving table that is not grouped by metric is
   *     scored by time per output token alone
   * @param progress given the count of numbers to predict, returns what is run after each
   */
  public ValidationReport run(
      final Path path, final List<GroupBy> by, final IntFunction<Runnable> progress)
      throws InterruptedException {
    final MeasuredFile file = MeasuredFile.read(path);
    final Skips skips = new Skips();
    final Targets targets = new Targets(descriptions, systems);
    final RowReader reader = RowReaders.of(file);
    final List<Measurement> measurements = reader.read(file, targets, skips);
    file.throwIfAny();
    final List<Measurement> wanted =
        by.contains(GroupBy.METRIC)
            ? measurements
            : measurements.stream()
                .filter(row -> row.setUp().metric().equals(reader.metric()))
                .toList();
    final List<Scored> scored = score(wanted, progress);
    return new ValidationReport(
        file.rows().size(),
        skips.counts(),
        groups(scored, by),
        scored.stream().map(Validation::row).toList(),
        targets.files());
  }

  private List<Scored> score(final List<Measurement> rows, final IntFunction<Runnable> progress)
      throws InterruptedException {
    final Fold fold = new Fold(rows);
    final Prediction[] predicted = predict(rows, progress.apply(rows.size()));
    final List<Scored> scored = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      final Measurement row = rows.get(i);
      scored.add(new Scored(row, predicted[i], row.roofline().plain(), fold.calibrated(row)));
    }
    return scored;
  }

  private Prediction[] predict(final List<Measurement> rows, final Runnable progress)
      throws InterruptedException {
    final Prediction[] predicted = new Prediction[rows.size()];
    final ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      final List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        final int index = i;
        tasks.add(
            () -> {
              predicted[index] = rows.get(index).prediction().get();
              progress.run();
              return null;
            });
      }
      for (final Future<Void> task : pool.invokeAll(tasks)) {
        task.get();
      }
    } catch (final ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
    return predicted;
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

  private static ValidationReport.Row row(final Scored scored) {
    final Measurement m = scored.measurement();
    return new ValidationReport.Row(
        m.line(),
        m.setUp().device(),
        m.setUp().op(),
        m.setUp().format(),
        m.setUp().framework(),
        m.setUp().metric(),
        m.site(),
        m.measured(),
        scored.prediction().value(),
        scored.roofline(),
        Double.isNaN(scored.calibrated()) ? Optional.empty() : Optional.of(scored.calibrated()));
  }
}
