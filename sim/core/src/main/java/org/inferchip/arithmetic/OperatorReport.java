package org.inferchip.arithmetic;

import java.util.List;
import org.inferchip.numerics.Format;

/**
 * How the executed values of an operator compare with float64.
 *
 * @param name the operator's name
 * @param format format of its activations
 * @param elements result elements compared
 * @param tiles items executed for them
 * @param relativeError root of the sum of squared errors over that of squared values, on the
 *     quantised inputs: what order and rounding of the schedule cost
 * @param formatError the same against the inputs from before quantisation: with what the formats
 *     cost
 * @param bound the a-priori bounds in the same measure as {@code relativeError}
 * @param worstShare largest error of one element as a share of its own bound; at most 1
 * @param faults what is wrong, in words; empty if all is well
 */
public record OperatorReport(
    String name,
    Format format,
    long elements,
    long tiles,
    double relativeError,
    double formatError,
    double bound,
    double worstShare,
    List<String> faults) {

  /** Keeps the list immutable. */
  public OperatorReport {
    faults = List.copyOf(faults);
  }

  /** Whether every element is within its bound and the schedule could be executed. */
  public boolean ok() {
    return faults.isEmpty();
  }
}
