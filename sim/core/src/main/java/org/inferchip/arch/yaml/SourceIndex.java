package org.inferchip.arch.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.inferchip.arch.Source.Mark;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.arch.yaml.YamlNode.Sequence;
import org.inferchip.units.Problems;

/**
 * Says which source every number of a description has. A source covers numbers of its own file
 * only: a number that a variant overrides does not keep the citation of the file it came from. The
 * longest covering key path wins; {@code all} covers the whole file. Values set on the command line
 * count as estimates.
 */
public final class SourceIndex {
  private final Map<String, SourcedNumber> byPath;
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

  /**
   * What a source says of a path.
   *
   * @param owner path of the description whose sources these are
   */
  private record Cover(
      String path,
      String file,
      Claim claim,
      String what,
      SourcedNumber.Stated stated,
      String owner) {
    static final Cover NONE = new Cover("", "", Claim.NONE, "", null, "");
  }

  /**
   * A document that numbers rest on.
   *
   * @param what the document; empty for numbers without a source
   * @param mark how far it can be trusted
   * @param numbers how many rest on it; a list counts as one
   */
  public record Cited(String what, Mark mark, int numbers) {}

  private SourceIndex(final Map<String, SourcedNumber> byPath, final List<String> dangling) {
    this.byPath = Collections.unmodifiableMap(byPath);
    this.dangling = List.copyOf(dangling);
  }

  /**
   * The sources of a description's numbers.
   *
   * @param problems takes ranges that cannot be
   */
  static SourceIndex of(
      final Mapping tree, final Map<String, Numeral> numbers, final Problems problems) {
    final List<Cover> covers = new ArrayList<>();
    collect(tree, "", covers);
    final Map<String, SourcedNumber> byPath = new LinkedHashMap<>();
    numbers.forEach((path, number) -> byPath.put(path, sourced(path, number, covers, numbers)));
    byPath.forEach((path, number) -> number.check(path, problems));
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

  private static SourcedNumber sourced(
      final String path,
      final Numeral number,
      final List<Cover> covers,
      final Map<String, Numeral> numbers) {
    final Cover cover = cover(path, number.place().file(), covers);
    final Function<String, Optional<Double>> beside =
        key ->
            Optional.ofNullable(numbers.get(KeyPath.join(cover.owner, key)))
                .flatMap(Numeral::value);
    return new SourcedNumber(
        number, cover.claim, cover.what, Optional.ofNullable(cover.stated), beside);
  }

  private static Cover cover(final String path, final String file, final List<Cover> covers) {
    Cover best = null;
    for (final Cover cover : covers) {
      final boolean longer = best == null || cover.path().length() > best.path().length();
      if (longer && cover.file().equals(file) && KeyPath.covers(cover.path(), path)) {
        best = cover;
      }
    }
    return best == null ? Cover.NONE : best;
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
                          new Claim(citation, mark),
                          Merge.text(source, "what"),
                          SourcedNumber.Stated.of(source).orElse(null),
                          path));
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
    return Optional.ofNullable(byPath.get(keyPath)).map(number -> number.claim().mark());
  }

  /** Who vouches for each number, by key path. */
  public Map<String, Claim> claims() {
    final Map<String, Claim> claims = new LinkedHashMap<>();
    byPath.forEach((path, number) -> claims.put(path, number.claim()));
    return claims;
  }

  /** Each number with its source, by key path. */
  public Map<String, SourcedNumber> numbers() {
    return byPath;
  }

  /** The documents that numbers rest on, in the order in which they are first met. */
  public List<Cited> cited() {
    final Map<Cited, Integer> counts = new LinkedHashMap<>();
    byPath
        .values()
        .forEach(
            one -> counts.merge(new Cited(one.what(), one.claim().mark(), 0), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(one -> new Cited(one.getKey().what(), one.getKey().mark(), one.getValue()))
        .toList();
  }

  /** Key paths of numbers that no source covers. */
  public List<String> uncovered() {
    return byPath.entrySet().stream()
        .filter(entry -> entry.getValue().claim().citation().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Covered key paths at which there is no number, each after its citation. */
  public List<String> dangling() {
    return dangling;
  }

  /** Share of the numbers that are estimates, derived ones too, or have no source, 0 to 1. */
  public double estimateShare() {
    if (byPath.isEmpty()) {
      return 0;
    }
    final long estimates =
        byPath.values().stream().filter(number -> number.claim().mark().guessed()).count();
    return (double) estimates / byPath.size();
  }
}
