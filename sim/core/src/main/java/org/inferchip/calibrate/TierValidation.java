package org.inferchip.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.units.InvalidInputException;

/**
 * Calibrates each set-up of the tables (device, operator, format, software) as {@link Calibration}
 * does, on half of its sites, and scores all tiers on the other half. Set-ups that cannot be
 * calibrated are counted by reason. Results do not depend on the number of threads.
 */
public final class TierValidation {
  private final Descriptions descriptions;
  private final List<String> systems;
  private final long seed;
  private final int threads;
  private final Consumer<String> log;
  private final SharedTimings timings = new SharedTimings();

  /**
   * A validation.
   *
   * @param systems to which rows are confined; empty: every device that has a description
   * @param seed of the splits and the bootstraps
   * @param threads that simulate
   * @param log told what was done
   */
  public TierValidation(
      final Descriptions descriptions,
      final List<String> systems,
      final long seed,
      final int threads,
      final Consumer<String> log) {
    this.descriptions = descriptions;
    this.systems = List.copyOf(systems);
    this.seed = seed;
    this.threads = threads;
    this.log = log;
  }

  /** Rows of a group as they come. */
  private static final class Pool {
    private final Map<String, List<Scored>> tiers = new LinkedHashMap<>();

    TierReport.Group group(final String key) {
      final Map<String, List<Scored>> ordered = new LinkedHashMap<>();
      for (final String tier : TierReport.TIERS) {
        if (tiers.containsKey(tier)) {
          ordered.put(tier, tiers.get(tier));
        }
      }
      return new TierReport.Group(key, Tiers.errors(ordered));
    }
  }

  /**
   * Scores.
   *
   * @param paths tables, or folders of tables
   * @param where which of their rows
   * @param by what a group's rows have in common
   * @param progress given the number of set-ups, returns what is run after each
   */
  public TierReport run(
      final List<Path> paths,
      final RowFilter where,
      final List<GroupBy> by,
      final IntFunction<Runnable> progress) {
    final Reading reading = where.of(Reading.of(paths));
    final Skips skips = new Skips();
    final Targets targets = new Targets(descriptions, systems);
    final Map<SetUp, Integer> setUps = new LinkedHashMap<>();
    reading.measurements(targets, skips, by.contains(GroupBy.METRIC)).stream()
        .filter(where::takes)
        .forEach(row -> setUps.merge(row.setUp(), 1, Integer::sum));
    final Map<String, Pool> pools = new LinkedHashMap<>();
    final Map<String, InputFile> files = new TreeMap<>();
    final Runnable step = progress.apply(setUps.size());
    setUps.forEach(
        (setUp, rows) -> {
          calibrate(reading, where, setUp, rows, by, skips, pools, files);
          step.run();
        });
    return new TierReport(
        reading.rows(),
        skips.counts(),
        pools.entrySet().stream().map(pool -> pool.getValue().group(pool.getKey())).toList(),
        reading.files(),
        List.copyOf(files.values()));
  }

  private void calibrate(
      final Reading reading,
      final RowFilter where,
      final SetUp setUp,
      final int rows,
      final List<GroupBy> by,
      final Skips skips,
      final Map<String, Pool> pools,
      final Map<String, InputFile> files) {
    final String name = setUp.calibrationKey();
    log.accept(name);
    final Calibration.Result result;
    try {
      result =
          new Calibration(descriptions, setUp.chip(), seed, threads, line -> {}, timings)
              .run(reading, where.and(RowFilter.of(setUp)));
    } catch (final InvalidInputException e) {
      skips.add("not calibrated: " + e.problems().get(0).message(), rows);
      return;
    }
    result.refused().forEach(skips::add);
    result.report().files().forEach(file -> files.put(file.file(), file));
    log.accept(
        "  fitted "
            + result.report().parameters().size()
            + ", refused "
            + result.report().refused().size()
            + String.format(
                Locale.ROOT,
                "; %.1f %% on other sites",
                result.report().tier(CalibrationReport.CALIBRATED).mape()));
    for (final Map.Entry<String, List<Scored>> tier : result.tiers().entrySet()) {
      for (final Scored row : tier.getValue()) {
        final Pool pool =
            pools.computeIfAbsent(GroupBy.key(by, row.measurement()), key -> new Pool());
        pool.tiers.computeIfAbsent(tier.getKey(), key -> new ArrayList<>()).add(row);
      }
    }
  }
}
