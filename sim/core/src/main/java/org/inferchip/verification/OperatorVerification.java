package org.inferchip.verification;

import java.util.List;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Operator;

/**
 * What was found when the chosen program of an operator was audited and executed.
 *
 * @param operator what was computed
 * @param format of its activations
 * @param mapping how it was tiled
 * @param whole whether all of it was executed and compared, or a sample of its items
 * @param audited whether its program was audited, all of it; false where it has more tasks than the
 *     limit asked for
 * @param tasks tasks of the program
 * @param tiles items executed
 * @param elements result elements compared with float64
 * @param relativeError root of the sum of squared errors over that of squared values, on the same
 *     quantised inputs
 * @param formatError the same against unquantised inputs
 * @param bound the a-priori bound of {@code relativeError}
 * @param findings what is wrong; empty if nothing is
 */
public record OperatorVerification(
    Operator operator,
    Format format,
    String mapping,
    boolean whole,
    boolean audited,
    long tasks,
    long tiles,
    long elements,
    double relativeError,
    double formatError,
    double bound,
    List<String> findings) {

  /** Copies the list. */
  public OperatorVerification {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong with what was looked at. */
  public boolean ok() {
    return findings.isEmpty();
  }
}
