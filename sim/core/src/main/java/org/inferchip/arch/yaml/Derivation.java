package org.inferchip.arch.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Source;
import org.inferchip.arch.derive.ChipEnergies;
import org.inferchip.arch.derive.Derived;
import org.inferchip.arch.derive.FloorLaw;
import org.inferchip.arch.yaml.YamlNode.Mapping;

/**
 * Puts numbers that laws give into the tree of a chip that asks for them ({@code energy: {from:
 * node}}, {@code power: {from: area}}) and does not state them. They carry a source with the mark
 * {@code derived} and a range.
 */
final class Derivation {
  /** Where derived numbers stand. */
  static final Place PLACE = new Place("derived", 0, 0);

  private static final int DIGITS = 4;
  private static final String NO_BIT = "0 pJ/bit";

  /** What stands for a number until it is derived. */
  private static final Map<String, String> OPEN =
      Map.ofEntries(
          Map.entry("energy.vector_operation", "0 pJ/op"),
          Map.entry("energy.special_operation", "0 pJ/op"),
          Map.entry("energy.local", NO_BIT),
          Map.entry("energy.port", NO_BIT),
          Map.entry("energy.shared", NO_BIT),
          Map.entry("energy.memory", NO_BIT),
          Map.entry("energy.link", NO_BIT),
          Map.entry("energy.host", NO_BIT),
          Map.entry("power.idle", "0 W"),
          Map.entry("power.busy_floor", "0 W"));

  private final ChipTree tree;

  private Derivation(final ChipTree tree) {
    this.tree = tree;
  }

  /** Adds what the chip asks for. */
  static void complete(final ChipTree tree) {
    new Derivation(tree).complete();
  }

  private void complete() {
    final boolean energies = asks("energy");
    final boolean floors = asks("power");
    if (!energies && !floors) {
      return;
    }
    final Mapping stated = tree.mark();
    final Optional<Chip> chip = open();
    tree.back(stated);
    if (chip.isPresent()) {
      final List<Derived> laws = new ArrayList<>();
      laws.addAll(energies ? ChipEnergies.of(chip.get()) : List.of());
      laws.addAll(floors ? FloorLaw.of(chip.get()) : List.of());
      laws.forEach(this::put);
    }
  }

  private boolean asks(final String section) {
    return tree.at(section + ".from") != null;
  }

  /** The chip with nothing in place of what is to follow; empty if it has other problems. */
  private Optional<Chip> open() {
    OPEN.forEach(
        (path, nothing) -> {
          if (asks(path.substring(0, path.indexOf('.'))) && tree.at(path) == null) {
            tree.set(path, ChipTree.text(nothing, PLACE));
          }
        });
    if (asks("energy") && tree.at("energy.operation") == null) {
      tree.set("energy.operation", new Mapping(Map.of(), PLACE));
    }
    return tree.bind().map(ChipTree.Bound::chip);
  }

  /** Sets what a law gives and is not stated, and its source; nothing has no range. */
  private void put(final Derived law) {
    final List<String> covers = new ArrayList<>();
    final List<String> nothing = new ArrayList<>();
    law.numbers()
        .forEach(
            (path, number) -> {
              if (tree.at(path) == null) {
                tree.set(path, ChipTree.text(number.rounded(DIGITS), PLACE));
                (number.value() == 0 ? nothing : covers).add(path);
              }
            });
    source(law.citation(), law.what(), Optional.of(law.range()), covers);
    source(law.citation() + "-none", "Not there, or in other numbers", Optional.empty(), nothing);
  }

  private void source(
      final String citation,
      final String what,
      final Optional<String> range,
      final List<String> covers) {
    if (!covers.isEmpty()) {
      tree.source(citation, what, Source.Mark.DERIVED, range, covers, PLACE);
    }
  }
}
