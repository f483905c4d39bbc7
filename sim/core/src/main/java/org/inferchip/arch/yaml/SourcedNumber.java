package org.inferchip.arch.yaml;

import java.util.Optional;
import java.util.function.Function;
import org.inferchip.arch.Source.Distribution;
import org.inferchip.arch.Spread;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.units.Keyed;
import org.inferchip.units.Problems;

/**
 * A number of a description with what its source says of it.
 *
 * @param number the number
 * @param claim who vouches for it
 * @param what the document; empty if no source covers the number
 * @param stated its range, if the source states one
 * @param beside other numbers of the description that the source stands in, by key path
 */
public record SourcedNumber(
    Numeral number,
    SourceIndex.Claim claim,
    String what,
    Optional<Stated> stated,
    Function<String, Optional<Double>> beside) {

  /**
   * A range that a source states.
   *
   * @param spread the range
   * @param distribution within it
   * @param place where it stands
   */
  public record Stated(Spread spread, Distribution distribution, Place place) {
    static Optional<Stated> of(final Mapping source) {
      if (!(source.get("range") instanceof final Scalar range)) {
        return Optional.empty();
      }
      final String named = Merge.text(source, "distribution");
      Distribution distribution = Distribution.LOG_NORMAL;
      for (final Distribution one : Distribution.values()) {
        distribution = Keyed.of(one).equals(named) ? one : distribution;
      }
      return Optional.of(new Stated(Spread.of(range.text()), distribution, range.place()));
    }
  }

  /**
   * The ends of a range of this number; empty for a list.
   *
   * @throws IllegalArgumentException if it cannot be a range of this number
   */
  public Optional<Spread.Ends> ends(final Spread spread) {
    return number.value().map(value -> spread.within(value, number.dimension(), beside));
  }

  /** Adds a stated range that cannot be one of this number. */
  void check(final String path, final Problems problems) {
    stated.ifPresent(
        range -> {
          try {
            if (range.distribution == Distribution.LOG_NORMAL
                && ends(range.spread).map(ends -> ends.low() <= 0).orElse(false)) {
              throw new IllegalArgumentException("reaches zero, which needs another distribution");
            }
          } catch (final IllegalArgumentException e) {
            problems.add(
                range
                    .place
                    .problem(path, "the range of its source " + e.getMessage())
                    .but(range.spread.toString(), Spread.EXPECTED));
          }
        });
  }
}
