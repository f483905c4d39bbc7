package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;

/**
 * Fits the free parameters of a device to other devices of its class alone: one set of values for
 * all of them, each device with the same weight, on a fixed sample of {@value #ROWS} rows each.
 * Times of instructions then come over in cycles of those devices' mean clock.
 */
final class Transfer {
  private static final int ROWS = 60;

  private final Descriptions descriptions;
  private final Reading reading;
  private final Predictor predictor;
  private final SharedTimings timings;
  private final Consumer<String> log;
  private Overrides values;

  Transfer(
      final Descriptions descriptions,
      final Reading reading,
      final Predictor predictor,
      final SharedTimings timings,
      final Consumer<String> log) {
    this.descriptions = descriptions;
    this.reading = reading;
    this.predictor = predictor;
    this.timings = timings;
    this.log = log;
  }

  /** The fitted values; empty where there was no other device. */
  Optional<Overrides> values() {
    return Optional.ofNullable(values);
  }

  /**
   * Fits.
   *
   * @param knobs of the device
   * @param rows of the device
   * @param target the device
   * @return chips that were fitted to
   */
  List<String> fit(
      final List<Knob> knobs,
      final List<Measurement> rows,
      final Target target,
      final RowFilter where) {
    final RowFilter any = where.ofAnyDevice();
    final Set<String> kinds = rows.stream().map(Transfer::kind).collect(Collectors.toSet());
    final String self = target.chip().name();
    final Targets all = new Targets(descriptions, List.of());
    final List<Measurement> others =
        reading.measurements(all, new Skips(), true).stream()
            .filter(row -> any.takes(row) && kinds.contains(kind(row)))
            .filter(row -> !row.setUp().chip().equals(self))
            .filter(row -> suits(all.named(row.setUp().chip(), row.setUp().stack()), target, knobs))
            .toList();
    if (others.isEmpty()) {
      return List.of();
    }
    final Map<String, Double> weightOf = new HashMap<>();
    final Set<String> sample = sample(others, weightOf);
    final Bench bench =
        new Bench(
            descriptions,
            reading,
            List.of(),
            row -> sample.contains(place(row)),
            predictor,
            timings);
    log.accept("fit to " + weightOf.keySet().size() + " other devices of the class");
    final Bench.Trial described = bench.search(Overrides.none(), row -> true);
    final double[] weights = new double[described.rows().size()];
    for (int i = 0; i < weights.length; i++) {
      if (described.predicted(i) > 0) {
        weights[i] = weightOf.get(described.rows().get(i).setUp().chip());
      }
    }
    final double[] start = knobs.stream().mapToDouble(k -> k.place(k.typical())).toArray();
    final KnobFit fit = new KnobFit(bench, knobs, weights, log);
    final double[] places = fit.from(start, described).places();
    final double meanClock =
        others.stream()
            .collect(Collectors.toMap(row -> row.setUp().chip(), Measurement::setUp, (a, b) -> a))
            .values()
            .stream()
            .mapToDouble(one -> all.named(one.chip(), one.stack()).chip().clock())
            .average()
            .orElseThrow();
    values = KnobFit.values(knobs, places, meanClock / target.chip().clock());
    return List.copyOf(new TreeSet<>(weightOf.keySet()));
  }

  private static Set<String> sample(
      final List<Measurement> rows, final Map<String, Double> weightOf) {
    final Set<String> sample = new HashSet<>();
    rows.stream()
        .collect(Collectors.groupingBy(row -> row.setUp().chip()))
        .forEach(
            (chip, of) -> {
              final List<Measurement> order = new ArrayList<>(of);
              Collections.shuffle(order, new Random(1));
              final List<Measurement> some = order.subList(0, Math.min(ROWS, order.size()));
              some.forEach(row -> sample.add(place(row)));
              weightOf.put(chip, 1.0 / some.size());
            });
    return sample;
  }

  private static String place(final Measurement row) {
    return row.file() + ":" + row.line() + ":" + row.setUp().metric();
  }

  /** What rows of other devices must have in common with those of the device. */
  private static String kind(final Measurement row) {
    final SetUp one = row.setUp();
    return String.join("/", one.op(), one.format(), one.framework(), one.metric());
  }

  /** Of the same class, with software that declares the same parameters. */
  private static boolean suits(final Target other, final Target target, final List<Knob> knobs) {
    final Set<String> declared =
        other.stack().free().orElse(Map.of()).values().stream()
            .flatMap(paths -> paths.keySet().stream())
            .collect(Collectors.toSet());
    return other.deviceClass().equals(target.deviceClass())
        && knobs.stream().allMatch(knob -> declared.contains(knob.path()));
  }
}
