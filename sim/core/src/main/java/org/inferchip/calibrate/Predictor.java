package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.inferchip.engine.LawViolation;
import org.inferchip.units.InvalidInputException;

/**
 * Predicts many rows on several threads. Results stand in the order of the rows and do not depend
 * on the number of threads.
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
    final ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      final List<Callable<Outcome>> tasks = new ArrayList<>();
      for (final Measurement row : rows) {
        tasks.add(
            () -> {
              final Outcome outcome = outcome(row);
              step.run();
              return outcome;
            });
      }
      final List<Outcome> outcomes = new ArrayList<>();
      for (final Future<Outcome> task : pool.invokeAll(tasks)) {
        outcomes.add(task.get());
      }
      return outcomes;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (final ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static Outcome outcome(final Measurement row) {
    try {
      return new Outcome(row.prediction().get(), "", "");
    } catch (final LawViolation e) {
      return new Outcome(null, "its simulation breaks a law", e.getMessage());
    } catch (final InvalidInputException e) {
      return new Outcome(null, e.problems().get(0).message(), "");
    }
  }
}
