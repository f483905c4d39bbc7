package org.inferchip.explore.uncertainty;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.inferchip.arch.Source;
import org.inferchip.arch.Source.Mark;
import org.inferchip.arch.Spread;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Numeral;
import org.inferchip.arch.yaml.SourcedNumber;
import org.inferchip.units.Dimension;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * The uncertain numbers of a system, and how many are not drawn, by reason.
 *
 * <p>Numbers share a draw if they stand in one file under one key; if they are of one document that
 * is no estimate, under one key; or if their kind is shared by all systems. Values set on the
 * command line are suppositions, so exact.
 *
 * @param variables in the order of the description; then how far simulated steps may be off
 * @param left how many numbers are not drawn, by reason
 */
record Survey(List<Variable> variables, Map<String, Integer> left) {
  /** How far decoding steps may be off beyond their operators: a factor, stated as 1. */
  static final String DECODE = ModelError.SIMULATED + "decode";

  /** How far steps of prompts may be off beyond their operators: a factor, stated as 1. */
  static final String PREFILL = ModelError.SIMULATED + "prefill";

  /** How far steps with routed experts may be off beyond that: a factor, stated as 1. */
  static final String ROUTED = ModelError.SIMULATED + "routed_models";

  private static final String COMMAND_LINE = "command line";

  static Survey of(final Described<SystemDescription> described, final RangeTable table) {
    final List<Variable> variables = new ArrayList<>();
    final Map<String, Integer> left = new LinkedHashMap<>();
    described
        .sources()
        .numbers()
        .forEach(
            (path, number) -> {
              final String why = add(variables, path, number, table);
              if (!why.isEmpty()) {
                left.merge(why, 1, Integer::sum);
              }
            });
    for (final String path : List.of(DECODE, PREFILL, ROUTED)) {
      simulated(path, described, table).ifPresent(variables::add);
    }
    for (final ModelError error : ModelError.values()) {
      simulated(error.path(), described, table).ifPresent(variables::add);
    }
    return new Survey(variables, left);
  }

  /** How far the simulation may be off, one draw a kind of chip. */
  private static Optional<Variable> simulated(
      final String path, final Described<SystemDescription> described, final RangeTable table) {
    final Mark mark = fitted(described) ? Mark.FITTED : Mark.ESTIMATE;
    final Optional<Kinds.Named> kind = Kinds.of(path, table);
    return kind.map(one -> one.quantity().ranges().get(mark))
        .map(text -> ends(kind.get(), text, 1, Optional.empty(), key -> Optional.empty()))
        .map(
            ends ->
                new Variable(
                    path + " of " + described.value().chip().name(),
                    path,
                    kind.get().quantity().what(),
                    mark,
                    1,
                    ends.low(),
                    ends.high(),
                    kind.get().distribution(),
                    0,
                    Double.MAX_VALUE,
                    Optional.empty()));
  }

  /** The ends of a kind's range, widened to hold the value. */
  private static Spread.Ends ends(
      final Kinds.Named kind,
      final String range,
      final double value,
      final Optional<Dimension> dimension,
      final Function<String, Optional<Double>> beside) {
    try {
      return Spread.of(range).around(value, dimension, beside);
    } catch (final IllegalArgumentException e) {
      throw new InvalidInputException(
          Problem.ofFile("ranges", kind.name() + ": the range " + e.getMessage())
              .but(range, Spread.EXPECTED));
    }
  }

  /** Adds a variable, or says why there is none. */
  private static String add(
      final List<Variable> to,
      final String path,
      final SourcedNumber sourced,
      final RangeTable table) {
    final Numeral number = sourced.number();
    if (number.value().isEmpty()) {
      return "lists";
    }
    if (number.value().get() == 0) {
      return "zero";
    }
    if (number.place().file().equals(COMMAND_LINE)) {
      return "set by the user";
    }
    final Optional<Kinds.Named> kind = Kinds.of(Kinds.key(path), table);
    final Mark mark = sourced.claim().mark();
    final double value = number.value().get();
    final Spread.Ends ends;
    final Source.Distribution distribution;
    if (sourced.stated().isPresent()) {
      ends = sourced.ends(sourced.stated().get().spread()).orElseThrow();
      distribution = sourced.stated().get().distribution();
    } else if (kind.isPresent() && kind.get().quantity().ranges().containsKey(mark)) {
      final String range = kind.get().quantity().ranges().get(mark);
      ends = ends(kind.get(), range, value, number.dimension(), sourced.beside());
      distribution = kind.get().distribution();
    } else {
      return mark == Mark.CHECKED || mark == Mark.CALCULATED
          ? "checked or calculated"
          : "of a kind that has no range";
    }
    if (ends.low() == ends.high()) {
      return "stated as exact";
    }
    to.add(
        new Variable(
            id(path, sourced, kind),
            path,
            sourced.what(),
            mark,
            value,
            ends.low(),
            ends.high(),
            distribution,
            number.least(),
            number.most(),
            number.dimension()));
    return "";
  }

  private static String id(
      final String path, final SourcedNumber sourced, final Optional<Kinds.Named> kind) {
    if (kind.isPresent() && kind.get().quantity().shared().orElse(false)) {
      return "all " + Kinds.lastTwo(path);
    }
    final String key = Kinds.lastTwo(path) + " by " + sourced.what();
    if (sourced.claim().mark() != Mark.ESTIMATE) {
      return key;
    }
    return key + " in " + Path.of(sourced.number().place().file()).getFileName();
  }

  /** Whether any constant of the chip's time was fitted to measurements. */
  private static boolean fitted(final Described<SystemDescription> described) {
    return described.sources().numbers().entrySet().stream()
        .filter(one -> one.getValue().claim().mark() == Mark.FITTED)
        .anyMatch(one -> one.getKey().matches("chip\\.(cores|memory|shared).*"));
  }
}
