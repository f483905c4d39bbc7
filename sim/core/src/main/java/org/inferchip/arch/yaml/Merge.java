package org.inferchip.arch.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inferchip.arch.yaml.YamlNode.Entry;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.arch.yaml.YamlNode.Sequence;

/**
 * Lays one map over another: maps merge key by key, scalars and lists replace, {@code null} takes
 * away. Sources are gathered instead: both stay, and the same citation covers both sets of paths.
 */
final class Merge {
  static final String SOURCES = "sources";

  private Merge() {}

  static Mapping over(final Mapping base, final Mapping top) {
    if (top.whole()) {
      return top;
    }
    final Map<String, Entry> entries = new LinkedHashMap<>(base.entries());
    top.entries().forEach((key, entry) -> put(entries, key, entry));
    return new Mapping(entries, top.place(), base.incomplete() || top.incomplete(), base.whole());
  }

  private static void put(final Map<String, Entry> entries, final String key, final Entry entry) {
    final Entry before = entries.get(key);
    if (isNull(entry.value())) {
      entries.remove(key);
    } else if (before != null
        && before.value() instanceof Mapping base
        && entry.value() instanceof Mapping top) {
      final Mapping merged = key.equals(SOURCES) ? gather(base, top) : over(base, top);
      entries.put(key, new Entry(entry.keyPlace(), merged));
    } else {
      entries.put(key, entry);
    }
  }

  static boolean isNull(final YamlNode node) {
    return node instanceof Scalar scalar && scalar.type() == Scalar.Type.NULL;
  }

  /** Both sets of sources; a citation in both covers the paths of both if it is the same one. */
  static Mapping gather(final Mapping base, final Mapping top) {
    final Map<String, Entry> entries = new LinkedHashMap<>(base.entries());
    top.entries()
        .forEach(
            (citation, entry) -> {
              String name = citation;
              int next = 2;
              while (entries.containsKey(name)
                  && !sameText(entries.get(name).value(), entry.value())) {
                name = citation + "-" + next++;
              }
              final Entry before = entries.get(name);
              entries.put(name, before == null ? entry : joined(before, entry));
            });
    return new Mapping(entries, base.place(), base.incomplete() || top.incomplete(), false);
  }

  private static boolean sameText(final YamlNode a, final YamlNode b) {
    return a instanceof Mapping one
        && b instanceof Mapping two
        && Stream.of("what", "mark", "range", "distribution")
            .allMatch(key -> text(one, key).equals(text(two, key)));
  }

  static String text(final Mapping map, final String key) {
    return map.get(key) instanceof Scalar scalar ? scalar.text() : "";
  }

  private static Entry joined(final Entry a, final Entry b) {
    final Mapping one = (Mapping) a.value();
    final Mapping two = (Mapping) b.value();
    if (!(one.get("covers") instanceof Sequence first)
        || !(two.get("covers") instanceof Sequence second)) {
      return b;
    }
    final List<YamlNode> covers = new ArrayList<>(first.items());
    covers.addAll(second.items());
    final Map<String, Entry> entries = new LinkedHashMap<>(one.entries());
    entries.put("covers", new Entry(first.place(), new Sequence(covers, first.place())));
    return new Entry(a.keyPlace(), new Mapping(entries, one.place()));
  }
}
