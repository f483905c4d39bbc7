package org.inferchip.arch.yaml;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.yaml.YamlNode.Entry;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Sequence;
import org.inferchip.units.Problems;

/** Sets a value in a tree by key path. Missing maps on the way are made; list items are not. */
final class Graft {
  private final Overrides.One override;
  private final YamlNode value;
  private final Place place;
  private final Problems problems;

  private Graft(
      final Overrides.One override,
      final YamlNode value,
      final Place place,
      final Problems problems) {
    this.override = override;
    this.value = value;
    this.place = place;
    this.problems = problems;
  }

  /** The type of what stands at a path, or null where it is not known. */
  static Type typeAt(final Type root, final List<String> steps) {
    Type type = root;
    for (final String step : steps) {
      type = step.startsWith("[") ? Types.item(type) : Types.below(type, step);
    }
    return type;
  }

  /** What stands at a path, or null. */
  static YamlNode find(final YamlNode root, final List<String> steps) {
    YamlNode at = root;
    for (final String step : steps) {
      if (at instanceof final Mapping map) {
        at = map.get(step);
      } else if (at instanceof final Sequence list && step.startsWith("[")) {
        final int index = Integer.parseInt(step.substring(1, step.length() - 1));
        at = index < list.items().size() ? list.items().get(index) : null;
      } else {
        return null;
      }
    }
    return at;
  }

  static Mapping set(
      final Mapping root,
      final Overrides.One override,
      final YamlNode value,
      final Place place,
      final Problems problems) {
    return (Mapping) new Graft(override, value, place, problems).node(root, override.steps());
  }

  private YamlNode node(final YamlNode node, final List<String> steps) {
    if (steps.isEmpty()) {
      return node instanceof Mapping base && value instanceof Mapping top
          ? Merge.over(base, top)
          : value;
    }
    final List<String> rest = steps.subList(1, steps.size());
    return steps.get(0).startsWith("[")
        ? item(node, steps.get(0), rest)
        : child(node, steps.get(0), rest);
  }

  private YamlNode child(final YamlNode node, final String key, final List<String> rest) {
    if (node != null && !(node instanceof Mapping)) {
      problems.add(
          place
              .problem(override.path(), "there is no key " + key + " in it")
              .but(node.found(), "a map"));
      return node;
    }
    final Mapping map = node == null ? new Mapping(Map.of(), place) : (Mapping) node;
    final Map<String, Entry> entries = new LinkedHashMap<>(map.entries());
    final YamlNode below = node(map.get(key), rest);
    if (below == null || Merge.isNull(below)) {
      entries.remove(key);
    } else {
      entries.put(key, new Entry(place, below));
    }
    return new Mapping(entries, map.place(), map.incomplete(), map.whole());
  }

  private YamlNode item(final YamlNode node, final String step, final List<String> rest) {
    final int index = Integer.parseInt(step.substring(1, step.length() - 1));
    if (!(node instanceof Sequence list)) {
      problems.add(
          place
              .problem(override.path(), "is not a list")
              .but(node == null ? "nothing" : node.found(), "a list with an item " + step));
      return node;
    }
    if (index >= list.items().size()) {
      problems.add(
          place
              .problem(override.path(), "there is no such item")
              .but(step, "an index below " + list.items().size()));
      return node;
    }
    final List<YamlNode> items = new ArrayList<>(list.items());
    items.set(index, node(items.get(index), rest));
    return new Sequence(items, list.place());
  }
}
