package org.inferchip.arch.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.yaml.YamlNode.Entry;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.arch.yaml.YamlNode.Sequence;

/**
 * A description with {@code sources} of its own, which gathers those of the parts it uses, each
 * with the part's place before its key paths.
 */
final class SourceOwner {
  private final String path;
  private Mapping sources;

  /** An owner at a place of the whole description, which has no sources yet. */
  SourceOwner(final String path) {
    this.path = path;
  }

  /** Adds the sources of a part that is used at a place. */
  void add(final Mapping more, final String usedAt) {
    final Mapping own = prefixed(more, usedAt);
    sources = sources == null ? own : Merge.gather(sources, own);
  }

  /** The description with what was gathered. */
  Mapping with(final Mapping map) {
    if (sources == null) {
      return map;
    }
    final Map<String, Entry> entries = new LinkedHashMap<>(map.entries());
    entries.put(Merge.SOURCES, new Entry(sources.place(), sources));
    return new Mapping(entries, map.place(), map.incomplete(), map.whole());
  }

  /** Sources of a part used at a place, for the description that owns them. */
  private Mapping prefixed(final Mapping sources, final String usedAt) {
    if (usedAt.length() == path.length()) {
      return sources;
    }
    final int skip = path.isEmpty() ? 0 : path.length() + 1;
    final String prefix = usedAt.substring(skip);
    final Map<String, Entry> entries = new LinkedHashMap<>();
    sources
        .entries()
        .forEach(
            (citation, entry) ->
                entries.put(citation, new Entry(entry.keyPlace(), moved(entry.value(), prefix))));
    return new Mapping(entries, sources.place());
  }

  private static YamlNode moved(final YamlNode source, final String prefix) {
    if (!(source instanceof Mapping map) || !(map.get("covers") instanceof Sequence covers)) {
      return source;
    }
    final List<YamlNode> paths = new ArrayList<>();
    for (final YamlNode path : covers.items()) {
      paths.add(
          path instanceof Scalar text
              ? new Scalar(
                  KeyPath.join(prefix, KeyPath.ofCover(text.text())),
                  Scalar.Type.TEXT,
                  text.place())
              : path);
    }
    final Map<String, Entry> entries = new LinkedHashMap<>(map.entries());
    entries.put("covers", new Entry(covers.place(), new Sequence(paths, covers.place())));
    return new Mapping(entries, map.place());
  }
}
