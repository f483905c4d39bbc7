package org.inferchip.arch.derive;

import org.inferchip.numerics.Format;

/**
 * Joules of an operation of a chip that was not measured: three times the bare arithmetic, by
 * {@link NodeScaling}.
 *
 * <pre>
 *   MAC(bf16) = bf16 multiplication + fp32 addition       0.21 + 0.38 pJ at 7 nm, 0.68 + 0.9 at 45
 *   MAC(fp32) = fp32 multiplication + fp32 addition       1.31 + 0.38 pJ at 7 nm, 3.7 + 0.9 at 45
 *   e(format) = 3 MAC / 2 x (1, 0.6, 0.45, 0.3 for 16, 8, 6, 4 bits)
 * </pre>
 *
 * <p>(Jouppi et al., ISCA 2021, at 7 nm; Horowitz, ISSCC 2014, at 45 nm, bf16 there by the ratio of
 * fp16.) The factor of three, and that an operation does not shrink with the width of its operands,
 * are what fits of boards found (1.5 to 5): delivering operands costs more than arithmetic. For
 * A100, H100 and Orin the law gives 0.89, 0.67 and 0.95 pJ where fits gave 0.8, 0.65 and 0.66. tf32
 * counts double of bf16, vector operations as fp32, special ones as five of these (assumptions).
 */
final class OperationEnergy {
  private static final double DELIVERY = 3;
  private static final double SPECIAL = 5;
  private static final double PICO = 1e-12;

  private OperationEnergy() {}

  /** Of a matrix unit. */
  static double matrix(final Format format, final double node) {
    if (format == Format.FP32 || format == Format.FP64 || format == Format.INT32) {
      return format.bits() / Format.FP32.bits() * vector(node);
    }
    return share(format) * DELIVERY / 2 * PICO * NodeScaling.between(0.68 + 0.9, 0.59, node);
  }

  private static double share(final Format format) {
    if (format == Format.TF32) {
      return 2;
    }
    return format.bits() > 9 ? 1 : format.bits() > 7 ? 0.6 : format.bits() > 5 ? 0.45 : 0.3;
  }

  /** Of a vector unit, in fp32. */
  static double vector(final double node) {
    return DELIVERY / 2 * PICO * NodeScaling.between(3.7 + 0.9, 1.31 + 0.38, node);
  }

  /** An exponential, reciprocal or root. */
  static double special(final double node) {
    return SPECIAL * vector(node);
  }
}
