package org.inferchip.arch.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/**
 * Which kind of description a name or path is, where several may stand. A name is of the first kind
 * that has it. A file is of the kind that its {@code extends} names, else of the kind with the most
 * of its keys.
 */
final class KindGuess {
  private KindGuess() {}

  /**
   * The kind.
   *
   * @param catalog where names are looked up
   * @param typed name or path
   * @param kinds in the order in which they are tried
   * @throws InvalidInputException if nothing has that name
   */
  static Kind<?> of(final Catalog catalog, final String typed, final List<Kind<?>> kinds) {
    final List<Kind<?>> found = new ArrayList<>();
    Resource resource = null;
    for (final Kind<?> kind : kinds) {
      final Optional<Resource> one = catalog.lookUp(typed, kind.folder(), Catalog.YAML);
      if (one.isPresent()) {
        found.add(kind);
        resource = resource == null ? one.get() : resource;
      }
    }
    if (found.isEmpty()) {
      throw new InvalidInputException(unknown(catalog, typed, kinds));
    }
    final boolean direct = found.size() == kinds.size() && kinds.size() > 1;
    return direct ? byContent(catalog, resource, kinds) : found.get(0);
  }

  private static Problem unknown(
      final Catalog catalog, final String typed, final List<Kind<?>> kinds) {
    final List<String> names = new ArrayList<>();
    kinds.forEach(kind -> names.addAll(catalog.names(kind.folder(), Catalog.YAML)));
    final String what = String.join(" or ", kinds.stream().map(Kind::name).toList());
    final String stem = typed.replaceFirst(".*[/\\\\]", "").replaceFirst("\\.ya?ml$", "");
    final boolean path = Catalog.isPath(typed, Catalog.YAML);
    return Problem.ofFile(
            typed.isBlank() ? "\"\"" : typed,
            path ? "there is no such file" : "there is no " + what + " of that name")
        .but(typed.isBlank() ? "an empty name" : typed, Catalog.expected(what, names))
        .near(Nearest.of(stem, names));
  }

  private static Kind<?> byContent(
      final Catalog catalog, final Resource resource, final List<Kind<?>> kinds) {
    final Optional<YamlNode> node =
        YamlReader.read(resource.bytes(), resource.display(), new Problems());
    if (node.isEmpty() || !(node.get() instanceof Mapping map)) {
      return kinds.get(0);
    }
    Kind<?> best = kinds.get(0);
    long bestScore = -1;
    for (final Kind<?> kind : kinds) {
      final long score = score(catalog, map, kind);
      if (score > bestScore) {
        best = kind;
        bestScore = score;
      }
    }
    return best;
  }

  private static long score(final Catalog catalog, final Mapping map, final Kind<?> kind) {
    final boolean base =
        map.get("extends") instanceof Scalar name
            && catalog.names(kind.folder(), Catalog.YAML).contains(name.text());
    final var known = Types.components(kind.type()).keySet();
    final long keys = map.entries().keySet().stream().filter(known::contains).count();
    return (base ? known.size() + 1 : 0) + keys;
  }
}
