package org.inferchip.arch.area;

import java.util.Map;
import org.inferchip.numerics.Format;

/**
 * Transistors of multiply-accumulate units: 685,300 for fp64 (OpenPiton and Ariane, as LLMCompass
 * counts them), by the square of the mantissa for other formats, integers as their bits without the
 * sign. A unit that multiplies several formats is as large as the largest of them asks for. An
 * adder is not counted apart, so formats of few bits are too small by up to a half (estimate).
 */
final class Multipliers {
  private static final double FP64_TRANSISTORS = 685_300;
  private static final double FP64_MANTISSA = 52;

  private Multipliers() {}

  /**
   * Transistors for so many multiply-accumulates a cycle.
   *
   * @param macsPerCycle by format; sparse formats run on the units of dense ones
   */
  static double transistors(final Map<Format, Integer> macsPerCycle) {
    double most = 0;
    for (final Map.Entry<Format, Integer> one : macsPerCycle.entrySet()) {
      if (!one.getKey().sparse()) {
        most = Math.max(most, one.getValue() * transistors(one.getKey()));
      }
    }
    return most;
  }

  /** Transistors of one unit; none for analog cells. */
  static double transistors(final Format format) {
    final double share = mantissa(format) / FP64_MANTISSA;
    return FP64_TRANSISTORS * share * share;
  }

  private static int mantissa(final Format format) {
    return switch (format.dense()) {
      case FP64 -> 52;
      case INT32 -> 31;
      case FP32 -> 23;
      case TF32, FP16 -> 10;
      case BF16, INT8, Q8_0, BFP8 -> 7;
      case Q6_K -> 5;
      case Q5_K -> 4;
      case FP8_E4M3, MXFP8, MXFP6, INT4, Q4_K, Q4_0, BFP4 -> 3;
      case FP8_E5M2 -> 2;
      case MXFP4, NVFP4 -> 1;
      default -> 0;
    };
  }
}
