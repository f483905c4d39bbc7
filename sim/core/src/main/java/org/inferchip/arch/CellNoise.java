package org.inferchip.arch;

import java.util.List;
import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Random error of a cell's conductance g (in units of the largest): g + s(g) x, with x of mean 0.
 *
 * @param law how the deviation s depends on g
 * @param distribution of x
 * @param magnitude of the laws {@code independent}, {@code proportional}, {@code inverse}; a factor
 *     of the others
 * @param microsiemens coefficients of {@code polynomial}, constant first, of G in microsiemens
 * @param scale conductance a of {@code saturating}, in units of the largest
 * @param power p of {@code flicker}
 * @param most largest factor of {@code flicker}
 * @param duration t of one read, of {@code flicker}
 * @param age a of the cell when it is read, since it was programmed, of {@code flicker}
 * @param positive whether a conductance below 0 becomes 0
 */
public record CellNoise(
    Law law,
    Distribution distribution,
    double magnitude,
    @Range(min = -1e9, max = 1e9) Optional<List<Double>> microsiemens,
    Optional<Double> scale,
    Optional<Double> power,
    Optional<Double> most,
    @Measure(Dimension.SECONDS) Optional<Double> duration,
    @Measure(Dimension.SECONDS) Optional<Double> age,
    boolean positive) {

  /** How the deviation depends on the conductance g. */
  public enum Law {
    /** magnitude. */
    INDEPENDENT,
    /** magnitude g. */
    PROPORTIONAL,
    /** magnitude / g; nothing at 0. */
    INVERSE,
    /** magnitude max(0, sum c_i G^i) / G_max, G in microsiemens. */
    POLYNOMIAL,
    /** magnitude (1 - exp(-g / scale)). */
    SATURATING,
    /** g min(magnitude / g^power, most) sqrt(ln((age + t) / (2 t))). */
    FLICKER
  }

  /** Distribution of the error before it is scaled. */
  public enum Distribution {
    /** Normal with deviation 1. */
    NORMAL,
    /** Even from -1/2 to 1/2. */
    UNIFORM
  }

  /** Checks that each law has what it needs. */
  public CellNoise {
    microsiemens = microsiemens.map(List::copyOf);
    if (law == Law.POLYNOMIAL && microsiemens.map(List::isEmpty).orElse(true)) {
      throw new IllegalArgumentException("a polynomial needs its coefficients in microsiemens");
    }
    if (law == Law.SATURATING && scale.map(a -> a <= 0).orElse(true)) {
      throw new IllegalArgumentException("a saturating law needs its scale");
    }
    final boolean flicker = power.isPresent() && most.isPresent() && duration.isPresent();
    if (law == Law.FLICKER && !(flicker && age.isPresent())) {
      throw new IllegalArgumentException("flicker needs power, most, duration and age");
    }
  }

  /** Normal errors of a law with one number. */
  public static CellNoise normal(final Law law, final double magnitude) {
    return simple(law, Distribution.NORMAL, magnitude);
  }

  /** Errors of a law with one number. */
  public static CellNoise simple(
      final Law law, final Distribution distribution, final double magnitude) {
    return new CellNoise(
        law,
        distribution,
        magnitude,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** Normal errors whose deviation is a polynomial of the conductance in microsiemens. */
  public static CellNoise polynomial(final List<Double> coefficients, final boolean positive) {
    return new CellNoise(
        Law.POLYNOMIAL,
        Distribution.NORMAL,
        1,
        Optional.of(coefficients),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        positive);
  }

  /** Normal errors whose deviation grows to a largest one. */
  public static CellNoise saturating(final double largest, final double scale) {
    return new CellNoise(
        Law.SATURATING,
        Distribution.NORMAL,
        largest,
        Optional.empty(),
        Optional.of(scale),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true);
  }
}
