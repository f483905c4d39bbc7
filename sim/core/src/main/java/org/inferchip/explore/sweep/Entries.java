package org.inferchip.explore.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.numerics.Format;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Nearest;

/** Reads and checks what a sweep's entries of {@code vary} give on each system. */
final class Entries {
  /** More is a slip: a hundred a second make a day. */
  private static final long MOST_POINTS = 10_000_000;

  /** Drawn values of an entry that are tried on every system before the work begins. */
  private static final int TRIED_DRAWS = 16;

  private final Sweep sweep;
  private final long seed;
  private final Faults faults;

  Entries(final Sweep sweep, final long seed, final Faults faults) {
    this.sweep = sweep;
    this.seed = seed;
    this.faults = faults;
  }

  /** The alternatives of every entry on a system. */
  List<List<List<Setting>>> of(final Described<SystemDescription> system) {
    final Alternatives reader =
        new Alternatives(path -> Descriptions.valueAt(system, path), seed, faults);
    final List<List<List<Setting>>> entries = new ArrayList<>();
    final Set<String> paths = new HashSet<>();
    for (int i = 0; i < sweep.vary().size(); i++) {
      final List<List<Setting>> entry = reader.of(sweep.vary().get(i), i);
      entries.add(entry);
      final String at = "vary[" + i + "]";
      if (entry.isEmpty() && !faults.any()) {
        faults.add(at, "gives no value", "none", "at least one");
      }
      for (final Setting one : entry.isEmpty() ? List.<Setting>of() : entry.get(0)) {
        if (!paths.add(one.path())) {
          faults.add(at, "varies what another entry varies", one.path(), "different paths");
        }
      }
      entry.forEach(settings -> settings.forEach(one -> ofPlan(at, one)));
    }
    return entries;
  }

  /** Checks a value that is not of the system. */
  private void ofPlan(final String at, final Setting one) {
    if (one.ofSystem()) {
      return;
    }
    if (one.path().equals(PlanPaths.FORMAT)) {
      if (format(one.text()).isEmpty()) {
        final List<String> names = Arrays.stream(Format.values()).map(Format::key).toList();
        faults.add(
            at,
            "there is no such number format",
            one.text(),
            String.join(", ", names),
            Nearest.of(one.text(), names));
      }
      return;
    }
    final boolean count =
        one.amount().map(amount -> amount.whole() && amount.value() >= 1).orElse(false);
    if (!count) {
      faults.add(at, one.path() + " is out of range", one.text(), "a whole number of 1 or more");
    }
    if (PlanPaths.work().contains(one.path()) && sweep.work() instanceof Work.Replay) {
      faults.add(at, "a trace has its own tokens", one.path(), "work of kind steps");
    }
  }

  /** Checks how many points there are, of so many pairs of system and model. */
  void count(final long pairs, final List<List<List<Setting>>> entries) {
    double points = pairs;
    for (final List<List<Setting>> entry : entries) {
      points *= entry.size();
    }
    if (points > MOST_POINTS) {
      faults.add(
          "vary", "gives too many points", Double.toString(points), "at most " + MOST_POINTS);
    }
  }

  /**
   * Sets every value alone over a system: what cannot be is known before the work.
   *
   * @param files told every file that was read for it
   */
  void trials(
      final Described<SystemDescription> system,
      final List<List<List<Setting>>> entries,
      final Consumer<InputFile> files) {
    for (int i = 0; i < entries.size(); i++) {
      final boolean drawn =
          sweep.vary().get(i) instanceof Axis.Random
              || sweep.vary().get(i) instanceof Axis.LatinHypercube;
      final List<List<Setting>> entry = entries.get(i);
      final int tried = drawn ? Math.min(TRIED_DRAWS, entry.size()) : entry.size();
      for (final List<Setting> settings : entry.subList(0, tried)) {
        if (settings.stream().anyMatch(Setting::ofSystem)) {
          try {
            over(system, settings, sweep.name()).files().forEach(files);
          } catch (final InvalidInputException e) {
            faults.add("vary[" + i + "]", e);
          }
        }
      }
    }
  }

  /**
   * The columns of what varies.
   *
   * @param entries alternatives by system and by entry
   */
  static List<Column> columns(final List<List<List<List<Setting>>>> entries) {
    final Map<String, Column> axes = new LinkedHashMap<>();
    for (final List<List<List<Setting>>> ofSystem : entries) {
      for (final List<List<Setting>> entry : ofSystem) {
        entry.forEach(
            settings ->
                settings.forEach(
                    one -> axes.merge(one.path(), Column.ofAxis(one), Entries::common)));
      }
    }
    return List.copyOf(axes.values());
  }

  /** The column of values of two kinds. */
  private static Column common(final Column one, final Column other) {
    if (one.equals(other)) {
      return one;
    }
    final boolean numbers =
        one.type() != Column.Type.TEXT
            && other.type() != Column.Type.TEXT
            && one.dimension().equals(other.dimension());
    final boolean real = one.type() == Column.Type.REAL;
    return numbers
        ? real ? one : other
        : Column.text(one.type() == Column.Type.TEXT ? one.name() : other.name());
  }

  /** A format by its name. */
  static Optional<Format> format(final String name) {
    return Arrays.stream(Format.values()).filter(one -> one.key().equals(name)).findFirst();
  }

  /** A system with the values of a point. */
  static Described<SystemDescription> over(
      final Described<SystemDescription> system,
      final List<Setting> settings,
      final String origin) {
    Overrides overrides = Overrides.none();
    for (final Setting one : settings) {
      if (one.ofSystem()) {
        overrides = overrides.with(one.path(), one.text(), "sweep " + origin);
      }
    }
    return Descriptions.here().over(system, overrides);
  }
}
