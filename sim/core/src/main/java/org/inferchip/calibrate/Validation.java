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
import org.inferchip.model.Models;

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
    final List<Measurement> measurements =
        file.kind() == MeasuredFile.Kind.GEMM
            ? new GemmRows(targets, skips).read(file)
            : new ServingRows(targets, new Models(descriptions), skips).read(file);
    file.throwIfAny();
    final boolean primaryOnly =
        file.kind() == MeasuredFile.Kind.SERVING && !by.contains(GroupBy.METRIC);
    final List<Measurement> wanted =
        primaryOnly
            ? measurements.stream().filter(row -> "tpot".equals(row.metric())).toList()
            : measurements;
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
    final double[] predicted = predict(rows, progress.apply(rows.size()));
    final List<Scored> scored = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      final Measurement row = rows.get(i);
      scored.add(new Scored(row, predicted[i], row.roofline().plain(), fold.calibrated(row)));
    }
    return scored;
  }

  private double[] predict(final List<Measurement> rows, final Runnable progress)
      throws InterruptedException {
    final double[] predicted = new double[rows.size()];
    final ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      final List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        final int index = i;
        tasks.add(
            () -> {
              predicted[index] = rows.get(index).prediction().getAsDouble();
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
        m.device(),
        m.op(),
        m.format(),
        m.framework(),
        m.metric(),
        m.site(),
        m.measured(),
        scored.predicted(),
        scored.roofline(),
        Double.isNaN(scored.calibrated()) ? Optional.empty() : Optional.of(scored.calibrated()));
  }
}
