package org.inferchip.trace;

import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.apache.commons.math3.distribution.WeibullDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.special.Gamma;

/**
 * A renewal process: gaps between arrivals are independent and of one distribution. Drawn with
 * Commons Math, whose generators and functions are plain Java, so a seed gives the same arrivals on
 * every machine and JDK.
 *
 * @param kind distribution of the gaps
 * @param requestsPerSecond mean rate
 * @param coefficientOfVariation standard deviation of the gaps over their mean: 1 for Poisson, 0
 *     for constant gaps
 */
public record ArrivalProcess(Kind kind, double requestsPerSecond, double coefficientOfVariation) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MOST_VARIATION = 100;
  private static final String SHAPES =
      "poisson:RATE, gamma:RATE:CV, weibull:RATE:CV, lognormal:RATE:CV, constant:RATE";

  /** Distribution of the gaps. */
  public enum Kind {
    /** Exponential gaps. */
    POISSON,
    /** Gamma gaps, of shape 1 / cv^2. */
    GAMMA,
    /** Weibull gaps, of the shape that has this cv. */
    WEIBULL,
    /** Lognormal gaps: long pauses between bursts whose requests are still apart. */
    LOGNORMAL,
    /** Equal gaps. */
    CONSTANT
  }

  /** Checks the ranges. */
  public ArrivalProcess {
    if (!(requestsPerSecond > 0 && requestsPerSecond <= NANOS_PER_SECOND)) {
      throw new IllegalArgumentException("rate " + requestsPerSecond);
    }
    final double only = kind == Kind.CONSTANT ? 0 : 1;
    final boolean fits =
        varies(kind)
            ? coefficientOfVariation >= 1.0 / MOST_VARIATION
                && coefficientOfVariation <= MOST_VARIATION
            : coefficientOfVariation == only;
    if (!fits) {
      throw new IllegalArgumentException("coefficient of variation " + coefficientOfVariation);
    }
  }

  private static boolean varies(final Kind kind) {
    return kind == Kind.GAMMA || kind == Kind.WEIBULL || kind == Kind.LOGNORMAL;
  }

  /** How processes are written. */
  public static String shapes() {
    return SHAPES;
  }

  /** Reads {@code poisson:5} or {@code gamma:5:2.5}; empty where the text is none. */
  public static Optional<ArrivalProcess> parse(final String text) {
    final String[] parts = text.split(":", -1);
    try {
      final Kind kind = Kind.valueOf(parts[0].toUpperCase(Locale.ROOT));
      final boolean needsVariation = varies(kind);
      if (parts.length != (needsVariation ? 3 : 2)) {
        return Optional.empty();
      }
      final double otherwise = kind == Kind.CONSTANT ? 0 : 1;
      return Optional.of(
          new ArrivalProcess(
              kind,
              Double.parseDouble(parts[1]),
              needsVariation ? Double.parseDouble(parts[2]) : otherwise));
    } catch (final IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Draws arrivals one after the other. */
  public Sampler sampler(final long seed) {
    return new Sampler(gaps(Random.of(seed, Random.ARRIVALS)));
  }

  private DoubleSupplier gaps(final RandomGenerator random) {
    final double mean = 1 / requestsPerSecond;
    switch (kind) {
      case POISSON:
        return new ExponentialDistribution(random, mean)::sample;
      case GAMMA:
        final double variance = coefficientOfVariation * coefficientOfVariation;
        return new GammaDistribution(random, 1 / variance, mean * variance)::sample;
      case WEIBULL:
        final double shape = weibullShape(coefficientOfVariation);
        final double scale = mean / StrictMath.exp(Gamma.logGamma(1 + 1 / shape));
        return new WeibullDistribution(random, shape, scale)::sample;
      case LOGNORMAL:
        final double square = StrictMath.log1p(coefficientOfVariation * coefficientOfVariation);
        return new LogNormalDistribution(
                random, StrictMath.log(mean) - square / 2, Math.sqrt(square))
            ::sample;
      default:
        return () -> mean;
    }
  }

  /** The shape k with Gamma(1 + 2/k) / Gamma(1 + 1/k)^2 = 1 + cv^2. */
  static double weibullShape(final double variation) {
    final double wanted = StrictMath.log1p(variation * variation);
    return new BrentSolver(1e-12, 1e-12)
        .solve(
            1000,
            k -> Gamma.logGamma(1 + 2 / k) - 2 * Gamma.logGamma(1 + 1 / k) - wanted,
            1e-2,
            1e3);
  }

  @Override
  public String toString() {
    final String name =
        kind.name().toLowerCase(Locale.ROOT) + ":" + Decimal.text(requestsPerSecond);
    return varies(kind) ? name + ":" + Decimal.text(coefficientOfVariation) : name;
  }

  /** A stream of arrivals. Not thread-safe. */
  public static final class Sampler {
    private final DoubleSupplier gaps;
    private double seconds;

    Sampler(final DoubleSupplier gaps) {
      this.gaps = gaps;
    }

    /** The next arrival, in nanoseconds since the start. */
    public long next() {
      seconds += gaps.getAsDouble();
      return Math.round(seconds * NANOS_PER_SECOND);
    }
  }
}
