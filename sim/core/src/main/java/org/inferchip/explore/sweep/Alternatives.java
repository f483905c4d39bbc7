package org.inferchip.explore.sweep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.explore.sweep.Axis.Spacing;
import org.inferchip.explore.sweep.Axis.Span;
import org.inferchip.units.Literal;

/**
 * What an entry of {@code vary} gives for one system: alternatives, each of one or more settings.
 */
final class Alternatives {
  private final Function<String, Optional<String>> base;
  private final long seed;
  private final Faults faults;

  /**
   * A reader of entries.
   *
   * @param base what the system has at a path
   * @param seed of draws
   */
  Alternatives(
      final Function<String, Optional<String>> base, final long seed, final Faults faults) {
    this.base = base;
    this.seed = seed;
    this.faults = faults;
  }

  /**
   * The alternatives of an entry.
   *
   * @param entry its place in {@code vary}
   */
  List<List<Setting>> of(final Axis axis, final int entry) {
    return of(axis, "vary[" + entry + "]", entry);
  }

  private List<List<Setting>> of(final Axis axis, final String at, final int entry) {
    if (axis instanceof final Axis.Listed listed) {
      return distinct(at, path(at, listed.path()), listed.values().stream().map(Literal::text));
    }
    if (axis instanceof final Axis.Factors factors) {
      return factors(at, factors);
    }
    if (axis instanceof final Axis.Grid grid) {
      return range(at, grid.path(), grid.from(), grid.to(), grid.count(), Spacing.LINEAR);
    }
    if (axis instanceof final Axis.Log log) {
      return range(at, log.path(), log.from(), log.to(), log.count(), Spacing.LOG);
    }
    if (axis instanceof final Axis.Random random) {
      final int axes = random.spans().size();
      return drawn(at, random.spans(), Draws.uniform(random.count(), axes, seed, entry));
    }
    if (axis instanceof final Axis.LatinHypercube cube) {
      final int axes = cube.spans().size();
      return drawn(at, cube.spans(), Draws.latin(cube.count(), axes, seed, entry));
    }
    return zipped(at, (Axis.Zip) axis, entry);
  }

  private List<List<Setting>> factors(final String at, final Axis.Factors of) {
    final String path = path(at, of.path());
    final Optional<Amount> own = base.apply(path).flatMap(Amount::of);
    if (own.isEmpty()) {
      faults.add(
          at + ".path",
          "a system has no number there to multiply",
          path,
          "a path at which every system has a number");
      return List.of();
    }
    return distinct(
        at, path, of.factors().stream().map(f -> own.get().at(own.get().value() * f).text()));
  }

  private List<List<Setting>> range(
      final String at,
      final String typed,
      final Literal from,
      final Literal to,
      final int count,
      final Spacing spacing) {
    final String path = path(at, typed);
    final Optional<Scale> scale = scale(at, from, to, spacing);
    final List<String> texts = new ArrayList<>();
    for (int i = 0; i < count && scale.isPresent(); i++) {
      texts.add(scale.get().at(i / (count - 1.0)).text());
    }
    return distinct(at, path, texts.stream());
  }

  private List<List<Setting>> drawn(
      final String at, final List<Span> spans, final double[][] points) {
    final List<List<Setting>> all = new ArrayList<>();
    final List<Optional<Scale>> scales = new ArrayList<>();
    for (int k = 0; k < spans.size(); k++) {
      final Span span = spans.get(k);
      final String place = at + ".spans[" + k + "]";
      path(place, span.path());
      scales.add(scale(place, span.from(), span.to(), span.spacing().orElse(Spacing.LINEAR)));
    }
    if (scales.stream().anyMatch(Optional::isEmpty)) {
      return all;
    }
    for (final double[] point : points) {
      final List<Setting> settings = new ArrayList<>();
      for (int k = 0; k < point.length; k++) {
        settings.add(Setting.of(spans.get(k).path(), scales.get(k).get().at(point[k])));
      }
      all.add(settings);
    }
    return all;
  }

  private List<List<Setting>> zipped(final String at, final Axis.Zip zip, final int entry) {
    final List<List<Setting>> all = new ArrayList<>();
    for (int k = 0; k < zip.axes().size(); k++) {
      final List<List<Setting>> one = of(zip.axes().get(k), at + ".axes[" + k + "]", entry);
      if (k == 0) {
        one.forEach(settings -> all.add(new ArrayList<>(settings)));
      } else if (one.size() != all.size()) {
        if (!faults.any()) {
          faults.add(
              at + ".axes[" + k + "]",
              "axes that go in step are of equal length",
              one.size() + " values",
              all.size() + " values");
        }
        return List.of();
      } else {
        for (int i = 0; i < one.size(); i++) {
          all.get(i).addAll(one.get(i));
        }
      }
    }
    return all;
  }

  private List<List<Setting>> distinct(
      final String at, final String path, final java.util.stream.Stream<String> texts) {
    final Set<String> seen = new HashSet<>();
    final List<List<Setting>> all = new ArrayList<>();
    texts.forEach(
        text -> {
          if (!seen.add(text)) {
            faults.add(at, "gives one value twice", text, "different values");
          }
          all.add(List.of(Setting.of(path, text)));
        });
    if (all.isEmpty() && !faults.any()) {
      faults.add(at, "gives no value", "none", "at least one");
    }
    return all;
  }

  private Optional<Scale> scale(
      final String at, final Literal from, final Literal to, final Spacing spacing) {
    final Optional<Amount> first = Amount.of(from.text());
    final Optional<Amount> last = Amount.of(to.text());
    if (first.isEmpty() || last.isEmpty()) {
      final String wrong = first.isEmpty() ? "from" : "to";
      final String found = first.isEmpty() ? from.text() : to.text();
      faults.add(at + "." + wrong, "is no number", found, "a number, or one with a unit");
      return Optional.empty();
    }
    if (!first.get().dimension().equals(last.get().dimension())) {
      faults.add(at + ".to", "is not of the same dimension as from", to.text(), from.text());
      return Optional.empty();
    }
    if (spacing == Spacing.LOG && Math.min(first.get().value(), last.get().value()) <= 0) {
      faults.add(at + ".from", "equal ratios need ends above 0", from.text(), "above 0");
      return Optional.empty();
    }
    return Optional.of(new Scale(first.get(), last.get(), spacing));
  }

  private String path(final String at, final String path) {
    if (!Overrides.isPath(path)) {
      faults.add(at + ".path", "is no path of keys", path, "such as memory.bandwidth");
    }
    return path;
  }
}
