package org.inferchip.arithmetic.analog;

import org.inferchip.arch.AnalogConverters;

/**
 * Levels that a crossbar's rows are driven with for one input vector: one vector of levels, or
 * slices of the magnitude with the sign on each, lowest first, each over the largest of a slice.
 */
final class Inputs {
  private Inputs() {}

  /** The vectors that are applied in turn. */
  static double[][] of(final AnalogConverters converters, final double[] x) {
    if (converters.inputSlice().isEmpty()) {
      final double[] levels = x.clone();
      Converter.input(converters).convert(levels);
      return new double[][] {levels};
    }
    final int slices = converters.inputSlices();
    final double base = StrictMath.pow(2, converters.inputSlice().get());
    final double most = StrictMath.pow(2, converters.inputBits() - 1.0) - 1;
    final double[][] all = new double[slices][x.length];
    for (int i = 0; i < x.length; i++) {
      double rest = Math.rint(Math.abs(x[i]) * most);
      for (int s = 0; s < slices; s++) {
        final double digit = rest % base;
        all[s][i] = digit * Math.signum(x[i]) / (base - 1);
        rest = Math.floor(rest / base);
      }
    }
    return all;
  }

  /** What the shared or shifted sum of all slices is multiplied with. */
  static double scale(final AnalogConverters converters) {
    if (converters.inputSlice().isEmpty()) {
      return 1;
    }
    final int bits = converters.inputSlice().get();
    final int magnitude = converters.inputBits() - 1;
    final double full = StrictMath.pow(2, magnitude);
    return (StrictMath.pow(2, bits) - 1)
        * StrictMath.pow(2, bits * converters.inputSlices() - magnitude)
        * (full / (full - 1));
  }
}
