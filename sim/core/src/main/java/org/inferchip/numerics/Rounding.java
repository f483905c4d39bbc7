package org.inferchip.numerics;

/**
 * Rounds binary32 numbers to the values of a storage format, which stay in floats.
 *
 * <p>To nearest, ties to even; overflow, infinities and NaN as {@link Minifloat} states. Signs of
 * zeros are kept. Integers need a scale: see {@link IntQuantiser}; formats with scales of their
 * own, {@link BlockFormat}. Thread-safe.
 */
public interface Rounding {

  /** The nearest value of the format. */
  float round(float x);

  /** Rounds elements from {@code from} (inclusive) to {@code to} (exclusive) in place. */
  void round(float[] values, int from, int to);

  /** Rounds every element in place. */
  default void round(final float[] values) {
    round(values, 0, values.length);
  }

  /**
   * The fastest rounding of this run to a floating-point format.
   *
   * @throws IllegalArgumentException for integer and block-scaled formats
   */
  static Rounding to(final Format format) {
    if (format == Format.FP32 || format == Format.ANALOG || !Kernels.vectorised()) {
      return plain(format);
    }
    return Kernels.load(
        Rounding.class, "org.inferchip.numerics.VectorRounding", format, plain(format));
  }

  /** The rounding in plain Java: the fallback, and what the vector form is tested against. */
  static Rounding plain(final Format format) {
    return switch (format) {
      case FP32, ANALOG -> new NoRounding();
      case TF32, BF16 -> new TruncatedFloatRounding(Minifloat.of(format).mantissaBits());
      case FP16, FP8_E4M3, FP8_E5M2 -> new MagicRounding(Minifloat.of(format));
      default -> throw new IllegalArgumentException("no rounding to " + format.key());
    };
  }
}
