package org.inferchip.arch.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Source;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.derive.ChipEnergies;
import org.inferchip.arch.derive.Derived;
import org.inferchip.arch.derive.FloorLaw;
import org.inferchip.arch.yaml.YamlNode.Entry;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.arch.yaml.YamlNode.Sequence;
import org.inferchip.units.Keyed;
import org.inferchip.units.Problems;

/**
 * Puts numbers that laws give into the tree of a chip that asks for them ({@code energy: {from:
 * node}}, {@code power: {from: area}}) and does not state them. They carry a source with the mark
 * {@code derived} and a range, and follow when values are set over the tree later.
 */
final class Derivation {
  private static final Place PLACE = new Place("derived", 0, 0);
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

  private final String owner;
  private final Problems problems;
  private Mapping tree;

  private Derivation(final String owner, final Mapping tree, final Problems problems) {
    this.owner = owner;
    this.tree = tree;
    this.problems = problems;
  }

  /** The tree with what its chip asks for. */
  static Mapping complete(final Kind<?> kind, final Mapping tree, final Problems problems) {
    if (kind.type() != Chip.class && kind.type() != SystemDescription.class) {
      return tree;
    }
    final String owner = kind.type() == Chip.class ? "" : "chip";
    return new Derivation(owner, tree, problems).complete(kind);
  }

  private Mapping complete(final Kind<?> kind) {
    final boolean energies = asks("energy");
    final boolean floors = asks("power");
    if (!energies && !floors) {
      return tree;
    }
    final Optional<Chip> chip = open(kind);
    if (chip.isEmpty()) {
      problems.throwIfAny();
      return tree;
    }
    final List<Derived> laws = new ArrayList<>();
    laws.addAll(energies ? ChipEnergies.of(chip.get()) : List.of());
    laws.addAll(floors ? FloorLaw.of(chip.get()) : List.of());
    laws.forEach(this::put);
    return tree;
  }

  private boolean asks(final String section) {
    return at(section + ".from") != null;
  }

  /** The chip with nothing in place of what is to follow; empty if it has other problems. */
  private Optional<Chip> open(final Kind<?> kind) {
    final Mapping before = tree;
    OPEN.forEach(
        (path, nothing) -> {
          if (asks(path.substring(0, path.indexOf('.'))) && due(path)) {
            set(path, new Scalar(nothing, Scalar.Type.TEXT, PLACE));
          }
        });
    if (asks("energy") && at("energy.operation") == null) {
      set("energy.operation", new Mapping(Map.of(), PLACE));
    }
    final Optional<? extends Record> bound = new Binder(problems).bind(tree, kind.type());
    tree = before;
    return bound.map(
        value -> value instanceof final SystemDescription system ? system.chip() : (Chip) value);
  }

  /** Sets what a law gives and is not stated, and its source; nothing has no range. */
  private void put(final Derived law) {
    final List<YamlNode> covers = new ArrayList<>();
    final List<YamlNode> nothing = new ArrayList<>();
    law.numbers()
        .forEach(
            (path, number) -> {
              if (due(path)) {
                set(path, text(number.rounded(DIGITS)));
                (number.value() == 0 ? nothing : covers).add(text(path));
              }
            });
    source(law.citation(), law.what(), Optional.of(law.range()), covers);
    source(law.citation() + "-none", "Not there, or in other numbers", Optional.empty(), nothing);
  }

  private void source(
      final String citation,
      final String what,
      final Optional<String> range,
      final List<YamlNode> covers) {
    if (covers.isEmpty()) {
      return;
    }
    final Map<String, Entry> source = new LinkedHashMap<>();
    source.put("what", new Entry(PLACE, text(what)));
    source.put("mark", new Entry(PLACE, text(Keyed.of(Source.Mark.DERIVED))));
    source.put("covers", new Entry(PLACE, new Sequence(covers, PLACE)));
    range.ifPresent(ends -> source.put("range", new Entry(PLACE, text(ends))));
    set(Merge.SOURCES + "." + citation, new Mapping(source, PLACE));
  }

  /** Whether nobody states a number: there is none, or it was derived before. */
  private boolean due(final String path) {
    final YamlNode found = at(path);
    return found == null || found.place().equals(PLACE);
  }

  private YamlNode at(final String path) {
    return Graft.find(tree, new Overrides.One(KeyPath.join(owner, path), "", "").steps());
  }

  private void set(final String path, final YamlNode value) {
    final Overrides.One one = new Overrides.One(KeyPath.join(owner, path), "", PLACE.file());
    tree = Graft.set(tree, one, value, PLACE, problems);
  }

  private static Scalar text(final String text) {
    return new Scalar(text, Scalar.Type.TEXT, PLACE);
  }
}
