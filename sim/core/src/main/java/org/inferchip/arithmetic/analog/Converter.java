package org.inferchip.arithmetic.analog;

import org.inferchip.arch.AnalogCell;
import org.inferchip.arch.AnalogConverters;

/**
 * A sign-magnitude converter of b bits: clips to its range, then rounds to the nearest of 2^b - 1
 * levels over it, ties to even. 0 bits change nothing.
 */
final class Converter {
  private final int bits;
  private final double low;
  private final double high;
  private final double perLevel;

  private Converter(final int bits, final double low, final double high) {
    this.bits = bits;
    this.low = low;
    this.high = high;
    perLevel = (StrictMath.pow(2, bits) - 2) / (high - low);
  }

  /** Of inputs: -1 to 1. */
  static Converter input(final AnalogConverters converters) {
    return new Converter(converters.inputBits(), -1, 1);
  }

  /** Of the currents of a slice of weights, out of a crossbar with so many rows in use. */
  static Converter output(
      final AnalogConverters converters, final AnalogCell cell, final int rows, final int slice) {
    final int bits = converters.outputBits();
    return switch (converters.range()) {
      case MAX -> new Converter(bits, -rows, rows);
      case CALIBRATED -> {
        final var limits = converters.limits().orElseThrow();
        final int at = limits.size() > 2 ? 2 * slice : 0;
        yield new Converter(bits, limits.get(at), limits.get(at + 1));
      }
      case GRANULAR -> {
        final double most = granule(converters, cell) * (StrictMath.pow(2, bits - 1.0) - 1);
        yield new Converter(bits, -most, most);
      }
    };
  }

  /** Least current of a slice, and what the highest of the input's levels lacks to 2^bits. */
  private static double granule(final AnalogConverters converters, final AnalogCell cell) {
    final double least =
        cell.slices() > 1
            ? 1 / (StrictMath.pow(2, cell.sliceBits()) - 1)
            : StrictMath.pow(2, -cell.weightBits());
    if (converters.inputBits() == 0) {
      return least;
    }
    final double levels = StrictMath.pow(2, converters.inputBits() - 1.0);
    return least * levels / (levels - 1);
  }

  /** Distance of two levels; 0 without a converter. */
  double step() {
    return bits == 0 ? 0 : 1 / perLevel;
  }

  /** Largest magnitude within the range; infinite without a converter. */
  double most() {
    return bits == 0 ? Double.POSITIVE_INFINITY : Math.min(-low, high);
  }

  double convert(final double value) {
    if (bits == 0) {
      return value;
    }
    final double clipped = Math.max(low, Math.min(high, value));
    return Math.rint((clipped - low) * perLevel) / perLevel + low;
  }

  void convert(final double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = convert(values[i]);
    }
  }
}
