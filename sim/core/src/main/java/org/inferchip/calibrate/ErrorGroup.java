package org.inferchip.calibrate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Errors of a group of rows, in percent of the measured number.
 *
 * @param key values that the rows have in common, joined by {@code /}
 * @param n rows
 * @param mape mean absolute error
 * @param median median absolute error (nearest-rank)
 * @param p90 90th percentile of absolute errors (nearest-rank)
 * @param bias mean signed error; positive: predicted too slow
 * @param totalBias error of the sum of all predictions; positive: predicted too slow
 * @param rooflineMape mean absolute error of the plain roofline; of watts, of a constant fitted to
 *     the other sites, or of the power limit where there are none
 * @param calibratedRooflineMape mean absolute error of the calibrated roofline (of watts, of a
 *     floor and an energy per operation), over the rows that have one
 * @param resolution mean absolute error that an exact prediction would have because the source's
 *     numbers are rounded; see {@link Resolution}
 */
public record ErrorGroup(
    String key,
    int n,
    double mape,
    double median,
    double p90,
    double bias,
    double totalBias,
    double rooflineMape,
    Optional<Double> calibratedRooflineMape,
    double resolution) {
  private static final double PERCENT = 100;

  static ErrorGroup of(final String key, final List<Scored> rows) {
    final double[] errors = absolute(rows, Scored::error);
    Arrays.sort(errors);
    final double[] calibrated = absolute(rows, Scored::calibratedError);
    return new ErrorGroup(
        key,
        rows.size(),
        mean(errors),
        errors[(errors.length + 1) / 2 - 1],
        errors[(9 * errors.length + 9) / 10 - 1],
        PERCENT * rows.stream().mapToDouble(Scored::error).average().orElseThrow(),
        PERCENT * (sum(rows, Scored::predicted) / sum(rows, Scored::measured) - 1),
        mean(absolute(rows, Scored::rooflineError)),
        calibrated.length == 0 ? Optional.empty() : Optional.of(mean(calibrated)),
        PERCENT * Resolution.share(rows));
  }

  private static double[] absolute(final List<Scored> rows, final ToDoubleFunction<Scored> error) {
    return rows.stream()
        .mapToDouble(error)
        .filter(value -> !Double.isNaN(value))
        .map(value -> PERCENT * Math.abs(value))
        .toArray();
  }

  private static double sum(final List<Scored> rows, final ToDoubleFunction<Scored> value) {
    return rows.stream().mapToDouble(value).sum();
  }

  private static double mean(final double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
