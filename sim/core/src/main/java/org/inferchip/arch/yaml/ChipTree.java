package org.inferchip.arch.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Source;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.YamlNode.Entry;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.arch.yaml.YamlNode.Sequence;
import org.inferchip.units.Keyed;
import org.inferchip.units.Problems;

/**
 * The chip in the tree of a description, to which numbers and their sources are added. Not
 * thread-safe.
 */
final class ChipTree {
  private final Kind<?> kind;
  private final String owner;
  private final Problems problems;
  private Mapping tree;

  private ChipTree(
      final Kind<?> kind, final String owner, final Mapping tree, final Problems problems) {
    this.kind = kind;
    this.owner = owner;
    this.tree = tree;
    this.problems = problems;
  }

  /**
   * A chip's or a system's tree with all that is not stated but follows: derived numbers first,
   * then the mode that the chip runs in.
   */
  static Mapping completed(final Kind<?> kind, final Mapping tree, final Problems problems) {
    if (kind.type() != Chip.class && kind.type() != SystemDescription.class) {
      return tree;
    }
    final String owner = kind.type() == Chip.class ? "" : "chip";
    final ChipTree chip = new ChipTree(kind, owner, tree, problems);
    Derivation.complete(chip);
    ModeChoice.apply(chip);
    return chip.tree;
  }

  /** What stands at a key path of the chip, or null. */
  YamlNode at(final String path) {
    return Graft.find(tree, new Overrides.One(KeyPath.join(owner, path), "", "").steps());
  }

  /** Sets a value at a key path of the chip. */
  void set(final String path, final YamlNode value) {
    final Overrides.One one =
        new Overrides.One(KeyPath.join(owner, path), "", value.place().file());
    tree = Graft.set(tree, one, value, value.place(), problems);
  }

  /** Adds a source of numbers that were set. */
  void source(
      final String citation,
      final String what,
      final Source.Mark mark,
      final Optional<String> range,
      final List<String> covers,
      final Place place) {
    final List<YamlNode> paths = new ArrayList<>();
    covers.forEach(path -> paths.add(text(path, place)));
    final Map<String, Entry> source = new LinkedHashMap<>();
    source.put("what", new Entry(place, text(what, place)));
    source.put("mark", new Entry(place, text(Keyed.of(mark), place)));
    source.put("covers", new Entry(place, new Sequence(paths, place)));
    range.ifPresent(ends -> source.put("range", new Entry(place, text(ends, place))));
    set(Merge.SOURCES + "." + citation, new Mapping(source, place));
  }

  /** The tree as it is, to go back to. */
  Mapping mark() {
    return tree;
  }

  /** Goes back to an earlier tree. */
  void back(final Mapping earlier) {
    tree = earlier;
  }

  /**
   * The chip and what each of its numbers rests on, by path of the whole tree; empty where the
   * description could not be read and says so elsewhere.
   */
  Optional<Bound> bind() {
    final Binder binder = new Binder(problems);
    final Optional<? extends Record> value = binder.bind(tree, kind.type());
    if (value.isEmpty()) {
      problems.throwIfAny();
      return Optional.empty();
    }
    final SourceIndex sources = SourceIndex.of(tree, binder.numbers(), problems);
    final Chip chip =
        value.get() instanceof final SystemDescription system ? system.chip() : (Chip) value.get();
    return Optional.of(new Bound(chip, sources));
  }

  /** What a number of the chip rests on. */
  SourcedNumber sourced(final Bound bound, final String path) {
    return bound.sources.numbers().get(KeyPath.join(owner, path));
  }

  /** A chip with its sources. */
  record Bound(Chip chip, SourceIndex sources) {}

  static Scalar text(final String text, final Place place) {
    return new Scalar(text, Scalar.Type.TEXT, place);
  }
}
