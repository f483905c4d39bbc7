package org.inferchip.explore.uncertainty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.explore.Crossover;
import org.inferchip.units.InvalidInputException;

/**
 * What would have to be true of one uncertain number for the order of two systems to turn, all
 * others as stated. Numbers that are only counted again are followed from a tenth to ten times
 * their value; those that need a simulation within their range, beyond which their response is not
 * known.
 *
 * @param metric figure
 * @param better the system that is better at the stated numbers
 * @param worse the other
 * @param parameter path of keys
 * @param of the system, or systems, whose number it is
 * @param stated its value
 * @param at the value at which the figures are equal
 * @param factor that value over the stated one
 */
public record Turn(
    Metric metric,
    String better,
    String worse,
    String parameter,
    String of,
    String stated,
    String at,
    double factor) {
  private static final double WIDE = 10;
  private static final int NEAREST = 5;

  /** The numbers that turn the order soonest; none where no number alone does. */
  static List<Turn> of(final Metric metric, final Subject one, final Subject other) {
    final double first = oriented(metric, one.figures(Map.of()));
    final double second = oriented(metric, other.figures(Map.of()));
    if (!(first > 0 && second > 0) || first == second) {
      return List.of();
    }
    final Subject better = first > second ? one : other;
    final Subject worse = first > second ? other : one;
    final List<Turn> turns = new ArrayList<>();
    byId(better, worse)
        .values()
        .forEach(number -> turn(metric, better, worse, number).ifPresent(turns::add));
    turns.sort(Comparator.comparingDouble(turn -> Math.abs(StrictMath.log(turn.factor))));
    return List.copyOf(turns.subList(0, Math.min(NEAREST, turns.size())));
  }

  /** Variables of one draw, of either system. */
  private record Number(List<Variable> better, List<Variable> worse) {
    Variable first() {
      return better.isEmpty() ? worse.get(0) : better.get(0);
    }
  }

  private static Map<String, Number> byId(final Subject better, final Subject worse) {
    final Map<String, Number> numbers = new LinkedHashMap<>();
    for (final Variable one : better.variables()) {
      number(numbers, one).better.add(one);
    }
    for (final Variable one : worse.variables()) {
      number(numbers, one).worse.add(one);
    }
    return numbers;
  }

  private static Number number(final Map<String, Number> numbers, final Variable of) {
    return numbers.computeIfAbsent(of.id(), id -> new Number(new ArrayList<>(), new ArrayList<>()));
  }

  private static java.util.Optional<Turn> turn(
      final Metric metric, final Subject better, final Subject worse, final Number number) {
    final Variable first = number.first();
    final boolean counted = better.counts(first.path());
    final double from = counted ? 1 / WIDE : first.at(0.05) / first.stated();
    final double to = counted ? WIDE : first.at(0.95) / first.stated();
    if (!(from > 0 && from < to)) {
      return java.util.Optional.empty();
    }
    final Crossover crossover =
        Crossover.of(
            factor ->
                figure(metric, better, number.better, factor)
                    / figure(metric, worse, number.worse, factor),
            new Crossover.Range(from, to, false),
            1);
    return crossover.crossings().stream()
        .map(crossing -> Math.sqrt(crossing.below() * crossing.above()))
        .min(Comparator.comparingDouble(factor -> Math.abs(StrictMath.log(factor))))
        .map(
            factor ->
                new Turn(
                    metric,
                    better.name(),
                    worse.name(),
                    first.label(),
                    number.better.isEmpty()
                        ? worse.name()
                        : number.worse.isEmpty() ? better.name() : "both",
                    first.shown(first.stated()),
                    first.shown(first.stated() * factor),
                    factor));
  }

  /** NaN where the description refuses the value. */
  private static double figure(
      final Metric metric,
      final Subject subject,
      final List<Variable> variables,
      final double factor) {
    final Map<String, Double> values = new HashMap<>();
    for (final Variable one : variables) {
      values.put(one.path(), Math.min(one.most(), Math.max(one.least(), one.stated() * factor)));
    }
    try {
      return oriented(metric, subject.figures(values));
    } catch (final InvalidInputException | IllegalArgumentException impossible) {
      return Double.NaN;
    }
  }

  private static double oriented(final Metric metric, final double[] figures) {
    final double figure = figures[metric.ordinal()];
    return metric.moreIsBetter() ? figure : 1 / figure;
  }
}
