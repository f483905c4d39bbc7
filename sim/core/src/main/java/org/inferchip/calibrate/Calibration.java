package org.inferchip.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.inferchip.arch.FreeParameter;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * Fits the free parameters that a stack declares to the measurements of one device, one stack and
 * one operator, on half of the sites, and scores on the other half: beside the description as it
 * stands, the typical values of the class, and a fit to other devices of the class. Results do not
 * depend on the number of threads.
 */
public final class Calibration {
  private static final int FEWEST_SITES = 4;

  private final Descriptions descriptions;
  private final String system;
  private final long seed;
  private final Predictor predictor;
  private final Consumer<String> log;
  private final SharedTimings timings;

  /**
   * A calibration.
   *
   * @param system a system or chip by name or path
   * @param seed of the split and the bootstrap
   * @param threads that simulate
   * @param log told what was done
   */
  public Calibration(
      final Descriptions descriptions,
      final String system,
      final long seed,
      final int threads,
      final Consumer<String> log) {
    this(descriptions, system, seed, threads, log, new SharedTimings());
  }

  /** A calibration that shares what is timed with others. */
  Calibration(
      final Descriptions descriptions,
      final String system,
      final long seed,
      final int threads,
      final Consumer<String> log,
      final SharedTimings timings) {
    this.descriptions = descriptions;
    this.system = system;
    this.seed = seed;
    this.predictor = new Predictor(threads);
    this.log = log;
    this.timings = timings;
  }

  /**
   * Calibrates.
   *
   * @param paths tables, or folders of tables
   * @param where which of their rows
   * @throws InvalidInputException if the rows are of several operators or stacks, too few, or of a
   *     stack that declares no free parameter for them
   */
  public CalibrationReport run(final List<Path> paths, final RowFilter where) {
    return run(where.of(Reading.of(paths)), where).report();
  }

  /**
   * What was found, and every scored row.
   *
   * @param tiers scored rows by tier
   * @param refused rows of the set-up that could not be predicted, by reason
   */
  record Result(
      CalibrationReport report, Map<String, List<Scored>> tiers, Map<String, Integer> refused) {}

  Result run(final Reading reading, final RowFilter where) {
    final Skips skips = new Skips();
    final Bench bench =
        new Bench(descriptions, reading, List.of(system), where::takes, predictor, timings);
    final List<Measurement> rows = bench.rows(skips);
    if (rows.isEmpty()) {
      throw bad("no row of the tables is of " + system, where.toString(), "some rows");
    }
    final String op = only(rows, "op", row -> row.setUp().op());
    final String stack = only(rows, "stack", row -> row.setUp().stack());
    only(rows, "metric", row -> row.setUp().metric());
    log.accept("predict " + rows.size() + " rows as described");
    final Bench.Trial described = bench.search(Overrides.none(), row -> true);
    final Target target = described.targets().named(rows.get(0).setUp().chip(), stack);
    final List<Knob> knobs = knobs(target, op);
    final Skips refused = new Skips();
    final Split split = split(described, refused);
    refused.counts().forEach(skips::add);
    final double[] weights = new double[rows.size()];
    split.training().forEach(row -> weights[row] = 1);
    final Fitted fitted = new Fitting(bench, weights, described).fit(knobs);
    final Tiers tiers = new Tiers(bench, described, split);
    tiers.add(CalibrationReport.DATASHEET, typical(knobs));
    final Transfer transfer = new Transfer(descriptions, reading, predictor, timings, log);
    final List<String> others = transfer.fit(knobs, rows, target, where);
    transfer.values().ifPresent(values -> tiers.add(CalibrationReport.TRANSFERRED, values));
    tiers.add(CalibrationReport.DESCRIBED, Overrides.none());
    tiers.add(CalibrationReport.CALIBRATED, fitted.values());
    final CalibrationReport report =
        new CalibrationReport(
            system,
            stack,
            op,
            where.toString(),
            seed,
            split.part(described, split.training()),
            split.part(described, split.scoring()),
            fitted.parameters(),
            fitted.refused(),
            Tiers.errors(tiers.scored()),
            others,
            skips.counts(),
            reading.files(),
            described.targets().files());
    return new Result(report, tiers.scored(), refused.counts());
  }

  /** The one value that all rows have. */
  private static String only(
      final List<Measurement> rows, final String column, final Function<Measurement, String> of) {
    final Set<String> values = rows.stream().map(of).collect(Collectors.toCollection(TreeSet::new));
    if (values.size() > 1) {
      throw bad(
          "the rows are of several values of " + column,
          String.join(", ", values),
          "one; choose with --where " + column + "=" + values.iterator().next());
    }
    return values.iterator().next();
  }

  /** What a target's software declares free for an operator. */
  static List<Knob> knobs(final Target target, final String op) {
    final Map<String, Map<String, FreeParameter>> free = target.stack().free().orElse(Map.of());
    final List<Knob> knobs = new ArrayList<>();
    free.getOrDefault(op, Map.of())
        .forEach((path, range) -> knobs.add(Knob.of(target.stack().name(), path, range)));
    if (knobs.isEmpty()) {
      throw bad(
          "stack " + target.stack().name() + " declares no free parameter for " + op,
          op,
          free.isEmpty() ? "a key free" : String.join(", ", free.keySet()));
    }
    return knobs;
  }

  /** Each at its value that is typical of the class. */
  static Overrides typical(final List<Knob> knobs) {
    Overrides values = Overrides.none();
    for (final Knob knob : knobs) {
      values = values.with(knob.path(), knob.text(knob.typical()));
    }
    return values;
  }

  /** Rows of either side that can be predicted, by their place in the bench. */
  record Split(List<Integer> training, List<Integer> scoring) {
    CalibrationReport.Part part(final Bench.Trial rows, final List<Integer> side) {
      final long sites = side.stream().map(i -> rows.rows().get(i).site()).distinct().count();
      return new CalibrationReport.Part(side.size(), (int) sites);
    }
  }

  private Split split(final Bench.Trial described, final Skips skips) {
    final List<Measurement> rows = described.rows();
    final SiteSplit sites = SiteSplit.of(rows.stream().map(Measurement::site).toList(), seed);
    final Split split = new Split(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < rows.size(); i++) {
      final Predictor.Outcome outcome = described.outcomes().get(i);
      if (outcome.prediction() == null) {
        skips.add(outcome.refusal());
      } else {
        (sites.trains(rows.get(i)) ? split.training() : split.scoring()).add(i);
      }
    }
    if (split.part(described, split.training()).sites() < FEWEST_SITES
        || split.part(described, split.scoring()).sites() < FEWEST_SITES) {
      throw bad(
          "too few sites to fit to one half and score on the other",
          rows.stream().map(Measurement::site).distinct().count() + " sites",
          2 * FEWEST_SITES + " or more (weight matrices, heads)");
    }
    return split;
  }

  static InvalidInputException bad(
      final String message, final String found, final String expected) {
    return new InvalidInputException(Problem.ofFile("calibrate", message).but(found, expected));
  }

  /**
   * What was fitted.
   *
   * @param values to be set
   */
  private record Fitted(
      Overrides values,
      List<CalibrationReport.Parameter> parameters,
      List<CalibrationReport.Refused> refused) {}

  /** Fits, refuses the least identified parameter, and fits the others again. */
  private final class Fitting {
    private final Bench bench;
    private final double[] weights;
    private final Bench.Trial described;

    Fitting(final Bench bench, final double[] weights, final Bench.Trial described) {
      this.bench = bench;
      this.weights = weights;
      this.described = described;
    }

    Fitted fit(final List<Knob> declared) {
      final List<Knob> knobs = new ArrayList<>(declared);
      final List<CalibrationReport.Refused> refused = new ArrayList<>();
      double[] near = null;
      while (!knobs.isEmpty()) {
        final KnobFit fit = new KnobFit(bench, knobs, weights, log);
        final double[] start = knobs.stream().mapToDouble(k -> k.place(k.typical())).toArray();
        final KnobFit.Found found = near == null ? fit.from(start, described) : fit.near(near);
        final Sensitivities rows = fit.around(found);
        final double[][] intervals = Bootstrap.intervals(rows, found.places(), seed);
        final int worst = worst(knobs, found, rows, intervals, refused);
        if (worst < 0) {
          return new Fitted(
              KnobFit.values(knobs, found.places()),
              parameters(knobs, found.places(), intervals),
              refused);
        }
        log.accept(refused.get(refused.size() - 1).path() + " is not identified");
        knobs.remove(worst);
        near = without(found.places(), worst);
      }
      return new Fitted(Overrides.none(), List.of(), refused);
    }

    /** The widest of those that are not identified, which is then refused; -1 if all are. */
    private int worst(
        final List<Knob> knobs,
        final KnobFit.Found found,
        final Sensitivities rows,
        final double[][] intervals,
        final List<CalibrationReport.Refused> refused) {
      int worst = -1;
      String reason = "";
      for (int i = 0; i < knobs.size(); i++) {
        final var why =
            Identification.refusal(knobs.get(i), i, found.places()[i], intervals[i], rows);
        if (why.isPresent() && (worst < 0 || width(intervals[i]) > width(intervals[worst]))) {
          worst = i;
          reason = why.get();
        }
      }
      if (worst >= 0) {
        refused.add(new CalibrationReport.Refused(knobs.get(worst).path(), reason));
      }
      return worst;
    }

    private static double[] without(final double[] places, final int index) {
      final double[] others = new double[places.length - 1];
      System.arraycopy(places, 0, others, 0, index);
      System.arraycopy(places, index + 1, others, index, others.length - index);
      return others;
    }

    private static double width(final double[] interval) {
      return interval[1] - interval[0];
    }

    private static List<CalibrationReport.Parameter> parameters(
        final List<Knob> knobs, final double[] places, final double[][] intervals) {
      final List<CalibrationReport.Parameter> list = new ArrayList<>();
      for (int i = 0; i < places.length; i++) {
        final Knob knob = knobs.get(i);
        list.add(
            new CalibrationReport.Parameter(
                knob.path(),
                knob.text(knob.at(places[i])),
                knob.text(knob.at(places[i] + Math.min(0, intervals[i][0]))),
                knob.text(knob.at(places[i] + Math.max(0, intervals[i][1])))));
      }
      return list;
    }
  }
}
