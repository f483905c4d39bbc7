package org.inferchip.arithmetic;

import org.inferchip.arch.MatrixUnit;
import org.inferchip.numerics.Format;
import org.inferchip.numerics.MacRule;

/** The order and rounding of sums of a matrix unit. */
public final class MacRules {
  private MacRules() {}

  /**
   * The rule of a unit: sequential for systolic arrays, whose partial sums pass from multiplier to
   * multiplier; sequential for tensor cores too (an assumption: vendors do not publish theirs);
   * trees of four for dot-product units. Of analog arrays it is the rule of the digital sums behind
   * them, and of the formats that they emulate. Integer sums are exact in any order.
   */
  public static MacRule of(final MatrixUnit unit) {
    final Format sums = unit.accumulator() == Format.INT32 ? Format.FP32 : unit.accumulator();
    final boolean tree = unit instanceof MatrixUnit.DotProduct && sums == Format.FP32;
    return tree ? MacRule.FP32_DOT4 : MacRule.sequential(sums);
  }
}
