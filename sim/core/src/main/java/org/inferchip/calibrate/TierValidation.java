package org.inferchip.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.units.InvalidInputException;

/**
 * Scores set-ups of the tables (device, operator, format, software) by tiers: operators as {@link
 * Calibration} does, calibrated on half of their sites and scored on the other half, what engines
 * serve as {@link ServedTiers} does. Set-ups without tiers are counted by reason. Results do not
 * depend on the number of threads.
 */
public final class TierValidation {
  private final Descriptions descriptions;
  private final List<String> systems;
  private final long seed;
  private final int threads;
  private final Consumer<String> log;

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

  /**
   * Scores.
   *
   * @param paths tables, or folders of tables
   * @param where which of their rows
   * @param by what a group's rows have in common
   * @param progress given the number of calibrations, returns what is run after each
   */
  public TierReport run(
      final List<Path> paths,
      final RowFilter where,
      final List<GroupBy> by,
      final IntFunction<Runnable> progress) {
    final Reading reading = where.of(Reading.of(paths));
    final Skips skips = new Skips();
    final Targets targets = new Targets(descriptions, systems);
    final Map<SetUp, Integer> operators = new LinkedHashMap<>();
    final Map<String, Map<SetUp, Integer>> served = new LinkedHashMap<>();
    where.measurements(reading, targets, skips, by.contains(GroupBy.METRIC)).stream()
        .map(Measurement::setUp)
        .forEach(
            one ->
                (one.served()
                        ? served.computeIfAbsent(
                            one.chip() + " " + one.stack(), key -> new LinkedHashMap<>())
                        : operators)
                    .merge(one, 1, Integer::sum));
    final Runnable step = progress.apply(operators.size() + served.size());
    final Scoring scoring = new Scoring(reading, where, by, skips);
    operators.forEach(
        (setUp, rows) -> {
          scoring.calibrate(setUp, rows);
          step.run();
        });
    served
        .values()
        .forEach(
            setUps -> {
              scoring.serve(setUps);
              step.run();
            });
    return scoring.report();
  }

  /** Scores set-ups one after the other, and holds what was found. */
  private final class Scoring {
    private final Reading reading;
    private final RowFilter where;
    private final List<GroupBy> by;
    private final Skips skips;
    private final SharedTimings timings = new SharedTimings();
    private final ServedTiers servedTiers;
    private final Map<String, Pool> operators = new LinkedHashMap<>();
    private final Map<String, Pool> served = new LinkedHashMap<>();
    private final List<TierReport.TierRow> rows = new ArrayList<>();
    private final Map<String, InputFile> files = new TreeMap<>();

    Scoring(
        final Reading reading, final RowFilter where, final List<GroupBy> by, final Skips skips) {
      this.reading = reading;
      this.where = where;
      this.by = by;
      this.skips = skips;
      servedTiers = new ServedTiers(descriptions, reading, where, new Predictor(threads), timings);
    }

    TierReport report() {
      return new TierReport(
          reading.rows(),
          skips.counts(),
          groups(operators),
          groups(served),
          rows,
          reading.files(),
          List.copyOf(files.values()));
    }

    private static List<TierReport.Group> groups(final Map<String, Pool> pools) {
      return pools.entrySet().stream().map(pool -> pool.getValue().group(pool.getKey())).toList();
    }

    void calibrate(final SetUp setUp, final int count) {
      log.accept(setUp.calibrationKey());
      final Calibration.Result result;
      try {
        result =
            new Calibration(descriptions, setUp.chip(), seed, threads, line -> {}, timings)
                .run(reading, where.and(RowFilter.of(setUp)));
      } catch (final InvalidInputException e) {
        skips.add("not calibrated: " + e.problems().get(0).message(), count);
        return;
      }
      result.refused().forEach(skips::add);
      log.accept(
          "  fitted "
              + result.report().parameters().size()
              + ", refused "
              + result.report().refused().size()
              + String.format(
                  Locale.ROOT,
                  "; %.1f %% on other sites",
                  result.report().tier(CalibrationReport.CALIBRATED).mape()));
      take(operators, result.tiers(), result.report().files());
    }

    void serve(final Map<SetUp, Integer> setUps) {
      final Set<SetUp> all = setUps.keySet();
      log.accept(all.stream().map(SetUp::calibrationKey).collect(Collectors.joining(", ")));
      final ServedTiers.Scores scores;
      try {
        scores = servedTiers.run(all, skips, log);
      } catch (final InvalidInputException e) {
        final int count = setUps.values().stream().mapToInt(one -> one).sum();
        skips.add("no tiers: " + e.problems().get(0).message(), count);
        return;
      }
      take(served, scores.tiers(), scores.files());
    }

    private void take(
        final Map<String, Pool> pools,
        final Map<String, List<Scored>> tiers,
        final List<InputFile> read) {
      read.forEach(file -> files.put(file.file(), file));
      tiers.forEach(
          (tier, scored) ->
              scored.forEach(
                  row -> {
                    pools
                        .computeIfAbsent(GroupBy.key(by, row.measurement()), unknown -> new Pool())
                        .add(tier, row);
                    rows.add(new TierReport.TierRow(tier, Validation.row(row, by)));
                  }));
    }
  }

  /** Rows of a group as they come. */
  private static final class Pool {
    private final Map<String, List<Scored>> tiers = new LinkedHashMap<>();

    void add(final String tier, final Scored row) {
      tiers.computeIfAbsent(tier, key -> new ArrayList<>()).add(row);
    }

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
}
