package org.inferchip.arch.yaml;

import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.YamlNode.Entry;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.arch.yaml.YamlNode.Sequence;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problems;

/**
 * Composes a description of its parts. In any map, {@code use: parts/x.yaml} (or a list of them,
 * later over earlier) lays the map over that part; at the top of a file, {@code extends: name} lays
 * the file over another of its kind; where a description of another kind is due, its name stands
 * for it. The {@code sources} of a part become those of the description it is used in, with the
 * part's place before their key paths.
 */
final class Composer {
  private static final String USE = "use";
  private static final String EXTENDS = "extends";

  private final Catalog catalog;
  private final Kind<?> root;
  private final Problems problems;
  private final ParsedFiles parsed;
  private final Map<String, InputFile> files = new LinkedHashMap<>();
  private final Deque<Resource> open = new ArrayDeque<>();

  Composer(
      final Catalog catalog,
      final Kind<?> root,
      final Problems problems,
      final ParsedFiles parsed) {
    this.catalog = catalog;
    this.root = root;
    this.problems = problems;
    this.parsed = parsed;
  }

  /** Every file that was read so far, in the order first met. */
  List<InputFile> files() {
    return List.copyOf(files.values());
  }

  /** The composed description of a file. */
  Mapping file(final Resource resource, final Kind<?> kind, final String path) {
    final SourceOwner owner = new SourceOwner(path);
    return owner.with(fileInto(resource, kind.type(), path, owner));
  }

  /** The composed description of a tree that stands for the content of a file. */
  Mapping content(final Mapping map, final Resource user, final Kind<?> kind) {
    open.push(user);
    final SourceOwner owner = new SourceOwner("");
    final Mapping composed = map(map, kind.type(), "", owner, true);
    open.pop();
    return owner.with(composed);
  }

  /** A composed value of an override. */
  YamlNode value(final YamlNode node, final Resource user, final Type type, final String path) {
    open.push(user);
    final YamlNode composed = node(node, type, path, new SourceOwner(path));
    open.pop();
    return composed;
  }

  private Mapping fileInto(
      final Resource resource, final Type type, final String path, final SourceOwner owner) {
    final Place nowhere = new Place(resource.display(), 0, 0);
    for (final Resource above : open) {
      if (above.identity().equals(resource.identity())) {
        problems.add(nowhere.problem(path, "uses itself").but(chain(resource), "no cycle"));
        return incomplete(nowhere);
      }
    }
    final Optional<YamlNode> read = read(resource);
    if (read.isEmpty()) {
      return incomplete(nowhere);
    }
    if (!(read.get() instanceof Mapping map)) {
      problems.add(
          read.get().place().problem("", "is not a map").but(read.get().found(), "a map of keys"));
      return incomplete(nowhere);
    }
    open.push(resource);
    final Mapping composed = map(map, type, path, owner, true);
    open.pop();
    return composed;
  }

  private String chain(final Resource again) {
    final List<String> names = new ArrayList<>();
    open.descendingIterator().forEachRemaining(resource -> names.add(resource.display()));
    names.add(again.display());
    return String.join(" -> ", names);
  }

  private Optional<YamlNode> read(final Resource resource) {
    final byte[] bytes;
    try {
      bytes = resource.bytes();
    } catch (final InvalidInputException e) {
      e.problems().forEach(problems::add);
      return Optional.empty();
    }
    final boolean first = !files.containsKey(resource.identity());
    final InputFile file = InputFile.of(resource.display(), bytes);
    files.putIfAbsent(resource.identity(), file);
    return parsed.read(file, bytes, first ? problems : new Problems());
  }

  private static Mapping incomplete(final Place place) {
    return new Mapping(Map.of(), place, true, false);
  }

  private YamlNode node(
      final YamlNode node, final Type type, final String path, final SourceOwner owner) {
    final Optional<Kind<?>> kind = type == null ? Optional.empty() : root.of(Types.raw(type));
    if (kind.isPresent() && !path.isEmpty()) {
      return nested(node, kind.get(), path);
    }
    if (node instanceof Mapping map) {
      return map(map, type, path, owner, false);
    }
    if (node instanceof Sequence list) {
      final List<YamlNode> items = new ArrayList<>();
      for (int i = 0; i < list.items().size(); i++) {
        items.add(node(list.items().get(i), Types.item(type), KeyPath.item(path, i), owner));
      }
      return new Sequence(items, list.place());
    }
    return node;
  }

  /** A description of another kind: by name, or in place with sources of its own. */
  private YamlNode nested(final YamlNode node, final Kind<?> kind, final String path) {
    if (node instanceof Mapping map) {
      final SourceOwner own = new SourceOwner(path);
      final Mapping composed = own.with(map(map, kind.type(), path, own, true));
      // A variant of another description is a description of its own, and so replaces.
      return new Mapping(
          composed.entries(),
          composed.place(),
          composed.incomplete(),
          map.entries().containsKey(EXTENDS));
    }
    if (node instanceof Scalar name && name.type() != Scalar.Type.NULL) {
      final Optional<Resource> resource = named(name, kind, path);
      final Mapping found =
          resource.map(r -> file(r, kind, path)).orElseGet(() -> incomplete(name.place()));
      return new Mapping(found.entries(), found.place(), found.incomplete(), true);
    }
    return node;
  }

  private Optional<Resource> named(final Scalar name, final Kind<?> kind, final String path) {
    final Optional<Resource> beside =
        open.isEmpty() || !Catalog.isPath(name.text(), Catalog.YAML)
            ? Optional.empty()
            : catalog.part(name.text(), open.peek());
    if (beside.isPresent()) {
      return beside;
    }
    try {
      return Optional.of(catalog.find(name.text(), kind.name(), kind.folder(), Catalog.YAML));
    } catch (final InvalidInputException e) {
      e.problems()
          .forEach(
              p ->
                  problems.add(
                      name.place()
                          .problem(path, p.message())
                          .but(p.found(), p.expected())
                          .near(p.nearest())));
      return Optional.empty();
    }
  }

  private Mapping map(
      final Mapping map,
      final Type type,
      final String path,
      final SourceOwner owner,
      final boolean top) {
    // A file's own sources first: they keep their names where a part has others of the same name.
    if (top && map.get(Merge.SOURCES) instanceof Mapping sources) {
      owner.add(sources, path);
    }
    Mapping base = null;
    final Map<String, Entry> own = new LinkedHashMap<>();
    for (final Map.Entry<String, Entry> entry : map.entries().entrySet()) {
      final String key = entry.getKey();
      final YamlNode value = entry.getValue().value();
      if (key.equals(EXTENDS) && top) {
        base = lay(base, extended(value, type, path, owner));
      } else if (key.equals(USE)) {
        base = lay(base, used(value, type, path, owner));
      } else if (!(key.equals(Merge.SOURCES) && top && value instanceof Mapping)) {
        final YamlNode composed =
            node(value, Types.below(type, key), KeyPath.child(path, key), owner);
        own.put(key, new Entry(entry.getValue().keyPlace(), composed));
      }
    }
    final Mapping overlay = new Mapping(own, map.place(), map.incomplete(), map.whole());
    return base == null ? overlay : Merge.over(base, overlay);
  }

  private static Mapping lay(final Mapping base, final Mapping top) {
    return base == null ? top : Merge.over(base, top);
  }

  private Mapping extended(
      final YamlNode value, final Type type, final String path, final SourceOwner owner) {
    final Optional<Kind<?>> kind = root.of(Types.raw(type));
    final String keyPath = KeyPath.child(path, EXTENDS);
    if (kind.isEmpty()) {
      problems.add(
          value.place().problem(keyPath, "a part cannot extend").but(value.found(), "use"));
      return incomplete(value.place());
    }
    if (!(value instanceof Scalar name) || name.type() != Scalar.Type.TEXT) {
      problems.add(
          value
              .place()
              .problem(keyPath, "is not a name")
              .but(value.found(), "the name of a " + kind.get().name()));
      return incomplete(value.place());
    }
    return named(name, kind.get(), keyPath)
        .map(resource -> fileInto(resource, type, path, owner))
        .orElseGet(() -> incomplete(value.place()));
  }

  private Mapping used(
      final YamlNode value, final Type type, final String path, final SourceOwner owner) {
    final String keyPath = KeyPath.child(path, USE);
    final List<YamlNode> parts = value instanceof Sequence list ? list.items() : List.of(value);
    Mapping base = null;
    for (final YamlNode part : parts) {
      if (!(part instanceof Scalar name) || name.type() != Scalar.Type.TEXT) {
        problems.add(
            part.place()
                .problem(keyPath, "is not a path")
                .but(part.found(), "a part such as parts/memory/hbm3.yaml"));
        base = lay(base, incomplete(part.place()));
        continue;
      }
      final Optional<Resource> resource = catalog.part(name.text(), open.peek());
      if (resource.isEmpty()) {
        problems.add(
            name.place()
                .problem(keyPath, "there is no such part")
                .but(name.text(), "a path below arch-configs or beside this file")
                .near(catalog.nearestPart(name.text())));
        base = lay(base, incomplete(name.place()));
      } else {
        base = lay(base, fileInto(resource.get(), type, path, owner));
      }
    }
    return base == null ? new Mapping(Map.of(), value.place()) : base;
  }
}
