package org.inferchip.calibrate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.inferchip.arch.FreeParameter;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;

/**
 * Constants of software as other generations of a device's class have them: those of the stacks
 * that the tables' rows of the same framework have on other chips of the class, whose cores
 * multiply more or less in a cycle. Where several stacks declare a parameter, the mean of the
 * different values; where none does (a kernel of one generation), what is typical of the class.
 * Software whose value is 0 does without, and says nothing of how much others have.
 */
final class Generations {
  private final Descriptions descriptions;
  private final Reading reading;
  private final RowFilter where;
  private final Targets targets;
  private Set<SetUp> served;

  Generations(final Descriptions descriptions, final Reading reading, final RowFilter where) {
    this.descriptions = descriptions;
    this.reading = reading;
    this.where = where;
    targets = new Targets(descriptions, List.of());
  }

  /**
   * Values of parameters; empty where no other generation declares any.
   *
   * @param setUps of one chip and one stack
   * @param log told which stacks they are of
   */
  Optional<Overrides> values(
      final List<Knob> knobs, final Set<SetUp> setUps, final Consumer<String> log) {
    final Map<String, Target> others = others(setUps);
    boolean carried = false;
    Overrides values = Overrides.none();
    for (final Knob knob : knobs) {
      final double[] stated =
          others.values().stream()
              .flatMap(other -> stated(other, setUps.iterator().next().op(), knob).stream())
              .mapToDouble(Double::doubleValue)
              .distinct()
              .toArray();
      carried |= stated.length > 0;
      final double value = Arrays.stream(stated).average().orElse(knob.typical());
      values = values.with(knob.path(), knob.text(value));
    }
    if (!carried) {
      return Optional.empty();
    }
    log.accept("  transferred from " + String.join(", ", others.keySet()));
    return Optional.of(values);
  }

  /** Targets of other generations by the names of their stacks. */
  private Map<String, Target> others(final Set<SetUp> setUps) {
    final Set<String> frameworks =
        setUps.stream().map(SetUp::framework).collect(Collectors.toSet());
    final Map<String, Target> others = new LinkedHashMap<>();
    for (final SetUp one : served()) {
      if (frameworks.contains(one.framework())) {
        others.putIfAbsent(one.stack(), targets.named(one.chip(), one.stack()));
      }
    }
    final SetUp self = setUps.iterator().next();
    final Target target = targets.named(self.chip(), self.stack());
    others
        .values()
        .removeIf(
            other -> !other.deviceClass().equals(target.deviceClass()) || other.sameRate(target));
    return others;
  }

  /** What engines serve by the tables, read once, in their order. */
  private Set<SetUp> served() {
    if (served == null) {
      served =
          reading.measurements(targets, new Skips(), true).stream()
              .filter(row -> row.setUp().served() && where.takes(row))
              .map(Measurement::setUp)
              .collect(Collectors.toCollection(LinkedHashSet::new));
    }
    return served;
  }

  private Optional<Double> stated(final Target other, final String op, final Knob knob) {
    final Map<String, FreeParameter> free =
        other.stack().free().orElse(Map.of()).getOrDefault(op, Map.of());
    if (!free.containsKey(knob.path())) {
      return Optional.empty();
    }
    final Described<SystemDescription> system =
        descriptions.system(
            other.chip().name(), Optional.of(other.stack().name()), Overrides.none());
    return Descriptions.valueAt(system, knob.path()).map(knob::value).filter(value -> value > 0);
  }
}
