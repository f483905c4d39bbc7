package org.inferchip.arch.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Source.Mark;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.arch.yaml.YamlNode.Sequence;

/**
 * Says which source every number of a description has. A source covers numbers of its own file
 * only: a number that a variant overrides does not keep the citation of the file it came from. The
 * longest covering key path wins; {@code all} covers the whole file. Values set on the command line
 * count as estimates.
 */
public final class SourceIndex {
  private final Map<String, Claim> byPath;
  private final List<String> dangling;

  /**
   * Who vouches for a number.
   *
   * @param citation key of the source, or empty if none covers the number
   * @param mark how far it can be trusted; estimate if none
   */
  public record Claim(String citation, Mark mark) {
    static final Claim NONE = new Claim("", Mark.ESTIMATE);
  }

  private record Cover(String path, String file, Claim claim) {}

  private SourceIndex(final Map<String, Claim> byPath, final List<String> dangling) {
    this.byPath = Collections.unmodifiableMap(byPath);
    this.dangling = List.copyOf(dangling);
  }

  static SourceIndex of(final Mapping tree, final Map<String, Place> numbers) {
    final List<Cover> covers = new ArrayList<>();
    collect(tree, "", covers);
    final Map<String, Claim> byPath = new LinkedHashMap<>();
    numbers.forEach((path, place) -> byPath.put(path, claim(path, place.file(), covers)));
    final List<String> known = new ArrayList<>(numbers.keySet());
    addEmpty(tree, "", known);
    final List<String> dangling = new ArrayList<>();
    for (final Cover cover : covers) {
      if (known.stream().noneMatch(path -> KeyPath.covers(cover.path(), path))) {
        dangling.add(cover.claim().citation() + ": " + cover.path());
      }
    }
    return new SourceIndex(byPath, dangling);
  }

  /** Lists and maps with nothing in them: what a variant took away is not missing. */
  private static void addEmpty(final YamlNode node, final String path, final List<String> paths) {
    if (node instanceof Mapping map) {
      map.entries()
          .forEach((key, entry) -> addEmpty(entry.value(), KeyPath.child(path, key), paths));
      if (map.entries().isEmpty()) {
        paths.add(path);
      }
    } else if (node instanceof Sequence list && list.items().isEmpty()) {
      paths.add(path);
    }
  }

  private static Claim claim(final String path, final String file, final List<Cover> covers) {
    Cover best = null;
    for (final Cover cover : covers) {
      final boolean longer = best == null || cover.path().length() > best.path().length();
      if (longer && cover.file().equals(file) && KeyPath.covers(cover.path(), path)) {
        best = cover;
      }
    }
    return best == null ? Claim.NONE : best.claim();
  }

  private static void collect(final Mapping map, final String path, final List<Cover> covers) {
    map.entries()
        .forEach(
            (key, entry) -> {
              if (key.equals(Merge.SOURCES) && entry.value() instanceof Mapping sources) {
                collectSources(sources, path, covers);
              } else if (entry.value() instanceof Mapping below) {
                collect(below, KeyPath.child(path, key), covers);
              }
            });
  }

  private static void collectSources(
      final Mapping sources, final String path, final List<Cover> covers) {
    sources
        .entries()
        .forEach(
            (citation, entry) -> {
              if (!(entry.value() instanceof Mapping source)
                  || !(source.get("covers") instanceof Sequence list)) {
                return;
              }
              final Mark mark = mark(Merge.text(source, "mark"));
              for (final YamlNode item : list.items()) {
                if (item instanceof Scalar text) {
                  covers.add(
                      new Cover(
                          KeyPath.join(path, KeyPath.ofCover(text.text())),
                          text.place().file(),
                          new Claim(citation, mark)));
                }
              }
            });
  }

  private static Mark mark(final String text) {
    for (final Mark mark : Mark.values()) {
      if (org.inferchip.units.Keyed.of(mark).equals(text)) {
        return mark;
      }
    }
    return Mark.ESTIMATE;
  }

  /**
   * The mark of a number, or empty if there is no number at that path.
   *
   * @param keyPath such as {@code memory.bandwidth}
   */
  public Optional<Mark> markOf(final String keyPath) {
    return Optional.ofNullable(byPath.get(keyPath)).map(Claim::mark);
  }

  /** Who vouches for each number, by key path. */
  public Map<String, Claim> claims() {
    return byPath;
  }

  /** Key paths of numbers that no source covers. */
  public List<String> uncovered() {
    return byPath.entrySet().stream()
        .filter(entry -> entry.getValue().citation().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Covered key paths at which there is no number, each after its citation. */
  public List<String> dangling() {
    return dangling;
  }

  /** Share of the numbers that are estimates or have no source, 0 to 1. */
  public double estimateShare() {
    if (byPath.isEmpty()) {
      return 0;
    }
    final long estimates =
        byPath.values().stream().filter(claim -> claim.mark() == Mark.ESTIMATE).count();
    return (double) estimates / byPath.size();
  }
}
