package org.inferchip.arch.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.PowerMode;
import org.inferchip.arch.Source.Mark;
import org.inferchip.arch.derive.ModeLaw;
import org.inferchip.arch.yaml.YamlNode.Scalar;

/**
 * Puts the numbers of the mode that a chip runs in ({@code power: {mode: 15w}}) over those of its
 * description. A number that the mode states keeps its source; what follows is calculated. A value
 * that was set over the description (command line, sweep, overlay) stays.
 */
final class ModeChoice {
  private final ChipTree tree;
  private final ChipTree.Bound bound;
  private final String name;
  private final Place place;
  private final Map<Rests, List<String>> covers = new LinkedHashMap<>();

  /** What a number rests on. */
  private record Rests(String what, Mark mark, Optional<String> range) {}

  private ModeChoice(final ChipTree tree, final ChipTree.Bound bound, final String name) {
    this.tree = tree;
    this.bound = bound;
    this.name = name;
    this.place = new Place("mode " + name, 0, 0);
  }

  /** Applies the mode of a chip that names one. */
  static void apply(final ChipTree tree) {
    if (tree.at("power.mode") instanceof final Scalar name) {
      tree.bind().ifPresent(bound -> new ModeChoice(tree, bound, name.text()).apply());
    }
  }

  private void apply() {
    final PowerMode mode = bound.chip().power().modes().orElseThrow().get(name);
    ModeLaw.of(bound.chip(), mode).forEach(this::put);
    int sources = 0;
    for (final Map.Entry<Rests, List<String>> one : covers.entrySet()) {
      final Rests on = one.getKey();
      final String citation = "mode-" + ++sources;
      tree.source(citation, on.what, on.mark, on.range, one.getValue(), place);
    }
  }

  private void put(final String path, final ModeLaw.Value value) {
    if (isSet(path)) {
      return;
    }
    final String number = value.number();
    final boolean counted = number.chars().allMatch(Character::isDigit);
    tree.set(path, new Scalar(number, counted ? Scalar.Type.NUMBER : Scalar.Type.TEXT, place));
    covers.computeIfAbsent(rests(value.key()), on -> new ArrayList<>()).add(path);
  }

  private Rests rests(final Optional<String> key) {
    final Optional<SourcedNumber> stated =
        key.map(one -> tree.sourced(bound, "power.modes." + name + "." + one));
    return new Rests(
        "Mode " + name + ": " + stated.map(SourcedNumber::what).orElse("by cores and clock"),
        stated.map(one -> one.claim().mark()).orElse(Mark.CALCULATED),
        stated.flatMap(SourcedNumber::stated).map(range -> range.spread().toString()));
  }

  /** Whether a value was set over the description. */
  private boolean isSet(final String path) {
    final YamlNode found = tree.at(path);
    return found != null && found.place().line() == 0 && !found.place().equals(Derivation.PLACE);
  }
}
