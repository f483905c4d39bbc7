package org.inferchip.verification;

import java.util.ArrayList;
import java.util.List;

/**
 * What a seeded sample of a run's operators showed.
 *
 * @param operators different operators that were executed in part
 * @param distinct different operators that the run simulated
 * @param audited how many of those executed were audited, each whole
 * @param tiles items executed
 * @param elements result elements compared with float64
 * @param maxRelativeError largest relative error of an operator
 * @param maxFormatError largest relative error of an operator against inputs that were not rounded
 *     to the formats: what the formats lose
 * @param violations findings and elements over their bound, in words; empty if all is well
 */
public record SampleReport(
    int operators,
    int distinct,
    int audited,
    long tiles,
    long elements,
    double maxRelativeError,
    double maxFormatError,
    List<String> violations) {

  /** Copies the list. */
  public SampleReport {
    violations = List.copyOf(violations);
  }

  /** Both together. */
  public SampleReport plus(final SampleReport o) {
    final List<String> all = new ArrayList<>(violations);
    all.addAll(o.violations);
    return new SampleReport(
        operators + o.operators,
        distinct + o.distinct,
        audited + o.audited,
        tiles + o.tiles,
        elements + o.elements,
        Math.max(maxRelativeError, o.maxRelativeError),
        Math.max(maxFormatError, o.maxFormatError),
        all);
  }
}
