package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import org.inferchip.engine.LawViolation;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Tasks;

/**
 * Predicts many rows on several threads. Results stand in the order of the rows and do not depend
 * on the number of threads.
 *
 * <p>Numbers of one row of a table share a run, so one thread predicts them. Threads take rows that
 * stand far from each other: neighbours are of one device and model, and would wait for the same
 * operators.
 */
final class Predictor {
  private final int threads;

  Predictor(final int threads) {
    this.threads = threads;
  }

  /**
   * What became of a row.
   *
   * @param prediction null where there is none
   * @param refusal why there is none, else empty
   * @param violation the law that the simulation broke, else empty
   */
  record Outcome(Prediction prediction, String refusal, String violation) {}

  /**
   * Predicts rows.
   *
   * @param progress given the number of rows, returns what is run after each
   * @throws CancellationException if the thread is interrupted
   */
  List<Outcome> predict(final List<Measurement> rows, final IntFunction<Runnable> progress) {
    final Runnable step = progress.apply(rows.size());
    final Outcome[] outcomes = new Outcome[rows.size()];
    final List<Callable<Void>> tasks = new ArrayList<>();
    for (final List<Integer> places : spread(rows)) {
      tasks.add(
          () -> {
            for (final int place : places) {
              outcomes[place] = outcome(rows.get(place));
              step.run();
            }
            return null;
          });
    }
    Tasks.all(tasks, threads);
    return Arrays.asList(outcomes);
  }

  /** The places of each table row's numbers: first those of each thread's stretch, then second. */
  private List<List<Integer>> spread(final List<Measurement> rows) {
    final Map<String, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      final Measurement row = rows.get(i);
      places.computeIfAbsent(row.file() + ":" + row.line(), key -> new ArrayList<>()).add(i);
    }
    final List<List<Integer>> order = new ArrayList<>(places.values());
    final List<List<Integer>> spread = new ArrayList<>();
    final int stretch = Math.max(1, (order.size() + threads - 1) / threads);
    for (int i = 0; i < stretch; i++) {
      for (int j = i; j < order.size(); j += stretch) {
        spread.add(order.get(j));
      }
    }
    return spread;
  }

  private static Outcome outcome(final Measurement row) {
    try {
      final Prediction found = row.prediction().get();
      return found.value() > 0 && found.value() < Double.POSITIVE_INFINITY
          ? new Outcome(found, "", "")
          : new Outcome(null, "no request completes of which this could be told", "");
    } catch (final LawViolation e) {
      return new Outcome(null, "its simulation breaks a law", e.getMessage());
    } catch (final InvalidInputException e) {
      return new Outcome(null, e.problems().get(0).message(), "");
    }
  }
}
