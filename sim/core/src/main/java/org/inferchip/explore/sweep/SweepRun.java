package org.inferchip.explore.sweep;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongConsumer;

/**
 * Does the points of a sweep that its store does not have yet. Points run in parallel; one thread
 * writes them, in the order in which they finish. Points of one system run one after another on one
 * thread, since they share what is known of its operators.
 */
public final class SweepRun {
  private static final int SYSTEMS_REMEMBERED = 32;

  private final SweepPlan plan;
  private final Options options;
  private final Points points;

  /**
   * How a sweep is run.
   *
   * @param store empty: in memory
   * @param resume whether the store may have points already
   * @param threads that simulate
   * @param prune whether points are left out whose bound is not good enough
   * @param seed of the samples that a trace's verification draws
   * @param identity what else a store must have been made with, by name
   */
  public record Options(
      Optional<Path> store,
      boolean resume,
      int threads,
      boolean prune,
      long seed,
      Map<String, String> identity) {}

  /** A run of a sweep. */
  public SweepRun(final SweepPlan plan, final Options options) {
    this.plan = plan;
    this.options = options;
    final Map<String, String> pinned = plan.sweep().pinned().orElse(Map.of());
    final Measure measure =
        plan.trace()
            .<Measure>map(trace -> new ReplayMeasure(trace, pinned, options.seed()))
            .orElseGet(() -> new StepMeasure(new Simulators(pinned, SYSTEMS_REMEMBERED)));
    this.points = new Points(plan, measure);
  }

  /**
   * What is left to do.
   *
   * @param before rows that the store had
   * @param rows all of them, by point
   */
  public record Outcome(int before, List<Row> rows) {}

  /**
   * Runs it.
   *
   * @param begun told how many points are left
   * @param progress told how many of these are done, as they grow
   */
  public Outcome run(final LongConsumer begun, final LongConsumer progress) {
    final Map<String, String> identity = new LinkedHashMap<>(options.identity());
    identity.put("points", Integer.toString(plan.size()));
    identity.put("inputs", plan.hash());
    try (Store store = Store.open(options.store(), options.resume(), plan.columns(), identity)) {
      final Map<Integer, Row> rows = new TreeMap<>();
      store.rows().forEach(row -> rows.put(row.point(), row));
      final int before = rows.size();
      begun.accept(plan.size() - before);
      final ExecutorService pool = Executors.newFixedThreadPool(options.threads());
      try {
        final Waves waves = new Waves(plan, points, options.prune());
        for (List<Waves.Todo> wave = waves.next(rows); !wave.isEmpty(); wave = waves.next(rows)) {
          simulate(pool, wave, rows, store, done -> progress.accept(done - before));
        }
      } finally {
        pool.shutdownNow();
      }
      return new Outcome(before, List.copyOf(rows.values()));
    }
  }

  private void simulate(
      final ExecutorService pool,
      final List<Waves.Todo> wave,
      final Map<Integer, Row> rows,
      final Store store,
      final LongConsumer progress) {
    final BlockingQueue<Object> finished = new LinkedBlockingQueue<>();
    for (final List<Waves.Todo> group : Waves.bySystem(wave)) {
      pool.execute(
          () -> {
            try {
              points.rows(group, finished::add);
            } catch (final Throwable e) { // told to the thread that waits for these points
              finished.add(e);
            }
          });
    }
    for (int i = 0; i < wave.size(); i++) {
      final Row row = taken(finished);
      store.add(row);
      rows.put(row.point(), row);
      progress.accept(rows.size());
    }
  }

  private static Row taken(final BlockingQueue<Object> finished) {
    try {
      final Object one = finished.take();
      if (one instanceof final Error e) {
        throw e;
      }
      if (one instanceof final RuntimeException e) {
        throw e;
      }
      return (Row) one;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
