package org.inferchip.numerics;

/**
 * How a matrix unit sums the products of one output, in the order of k.
 *
 * <p>The inputs are already values of the unit's input format, held in floats. A rule fixes every
 * rounding, so that the bits of a tile follow from it alone.
 */
public enum MacRule {
  /** {@code s = fma(a[k], b[k], s)} in binary32, one k after the other. */
  FP32_FMA(Format.FP32),
  /** As {@link #FP32_FMA}, and {@code s} is rounded to bfloat16 after every k. */
  BF16_EACH_MAC(Format.BF16),
  /** As {@link #FP32_FMA}, and {@code s} is rounded to binary16 after every k. */
  FP16_EACH_MAC(Format.FP16),
  /**
   * Four products, each rounded to binary32, summed as {@code (p0 + p1) + (p2 + p3)} and added to
   * {@code s}; products that are missing at the end are +0.
   */
  FP32_DOT4(Format.FP32);

  private final Format accumulator;

  MacRule(final Format accumulator) {
    this.accumulator = accumulator;
  }

  /** The format of the running sum. */
  public Format accumulator() {
    return accumulator;
  }

  /**
   * The rule of a unit that sums one product after the other in a floating-point format.
   *
   * @throws IllegalArgumentException for formats in which no rule sums
   */
  public static MacRule sequential(final Format accumulator) {
    return switch (accumulator) {
      case FP32 -> FP32_FMA;
      case BF16 -> BF16_EACH_MAC;
      case FP16 -> FP16_EACH_MAC;
      default -> throw new IllegalArgumentException("no sequential sum in " + accumulator.key());
    };
  }
}
