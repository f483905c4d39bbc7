package org.inferchip.explore.uncertainty;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Source;
import org.inferchip.arch.Source.Mark;
import org.inferchip.arch.Spread;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Numeral;
import org.inferchip.arch.yaml.SourcedNumber;

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
  /** How far the simulated time of decoding may be off: a factor, stated as 1. */
  static final String DECODE = "simulated.decode";

  /** How far the simulated time of prompts may be off: a factor, stated as 1. */
  static final String PREFILL = "simulated.prefill";

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
    final String chip = described.value().chip().name();
    final Mark mark = fitted(described) ? Mark.FITTED : Mark.ESTIMATE;
    for (final String path : List.of(DECODE, PREFILL)) {
      final Kinds.Named kind = Kinds.of(path, table).orElseThrow();
      final Spread.Ends ends =
          Spread.of(kind.quantity().ranges().get(mark))
              .within(1, Optional.empty(), key -> Optional.empty());
      variables.add(
          new Variable(
              path + " of " + chip,
              path,
              kind.quantity().what(),
              mark,
              1,
              ends.low(),
              ends.high(),
              kind.distribution(),
              0,
              Double.MAX_VALUE,
              Optional.empty()));
    }
    return new Survey(variables, left);
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
    final Spread spread;
    final Source.Distribution distribution;
    if (sourced.stated().isPresent()) {
      spread = sourced.stated().get().spread();
      distribution = sourced.stated().get().distribution();
    } else if (kind.isPresent() && kind.get().quantity().ranges().containsKey(mark)) {
      spread = Spread.of(kind.get().quantity().ranges().get(mark));
      distribution = kind.get().distribution();
    } else {
      return mark == Mark.CHECKED || mark == Mark.CALCULATED
          ? "checked or calculated"
          : "of a kind that has no range";
    }
    final double value = number.value().get();
    final Spread.Ends ends =
        spread.around(value, number.dimension(), sourced.beside(), sourced.stated().isEmpty());
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
      return "all " + kind.get().name();
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
