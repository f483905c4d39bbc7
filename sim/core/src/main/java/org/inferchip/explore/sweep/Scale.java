package org.inferchip.explore.sweep;

import org.inferchip.explore.sweep.Axis.Spacing;

/**
 * Values from one end to another.
 *
 * @param from at 0
 * @param to at 1
 * @param spacing linear or logarithmic
 */
record Scale(Amount from, Amount to, Spacing spacing) {

  /** The value at a share of the way; the ends are exact, whole ends give whole values. */
  Amount at(final double share) {
    final Amount kind = new Amount(0, from.dimension(), from.whole() && to.whole());
    if (share == 0 || share == 1) {
      return kind.at(share == 0 ? from.value() : to.value());
    }
    if (spacing == Spacing.LINEAR) {
      return kind.at(from.value() + share * (to.value() - from.value()));
    }
    final double logFrom = StrictMath.log(from.value());
    final double logTo = StrictMath.log(to.value());
    return kind.at(StrictMath.exp(logFrom + share * (logTo - logFrom)));
  }
}
