package org.inferchip.numerics;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The roundings of {@link TruncatedFloatRounding} and {@link MagicRounding} on vectors. */
final class VectorRounding implements Rounding {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int EXPONENT_MASK = 0x7f80_0000;
  private static final int SIGN_MASK = 0x8000_0000;
  private static final int TOP_MANTISSA_BIT = 0x0040_0000;

  private final Rounding scalar;
  private final MagicRounding magic;
  private final int dropped;

  VectorRounding(final Format format, final Rounding scalar) {
    this.scalar = scalar;
    this.magic = scalar instanceof MagicRounding m ? m : null;
    this.dropped = 23 - Minifloat.of(format).mantissaBits();
  }

  @Override
  public float round(final float x) {
    return scalar.round(x);
  }

  @Override
  public void round(final float[] values, final int from, final int to) {
    final int end = from + FLOATS.loopBound(to - from);
    if (magic == null) {
      for (int i = from; i < end; i += FLOATS.length()) {
        truncate(FloatVector.fromArray(FLOATS, values, i), dropped).intoArray(values, i);
      }
    } else {
      final int smallest = magic.smallestExponentBits();
      final int shift = magic.exponentShift();
      final float max = magic.maxFinite();
      final float over = magic.overflow();
      for (int i = from; i < end; i += FLOATS.length()) {
        final FloatVector x = FloatVector.fromArray(FLOATS, values, i);
        magic(x, smallest, shift, max, over).intoArray(values, i);
      }
    }
    scalar.round(values, end, to);
  }

  /** {@link TruncatedFloatRounding#round(float)} in every lane. */
  static FloatVector truncate(final FloatVector x, final int dropped) {
    final IntVector bits = x.reinterpretAsInts();
    final IntVector parity = bits.lanewise(VectorOperators.LSHR, dropped).and(1);
    final FloatVector rounded =
        bits.add(parity.add((1 << (dropped - 1)) - 1)).and(-(1 << dropped)).reinterpretAsFloats();
    return rounded.blend(Float.NaN, x.compare(VectorOperators.NE, x));
  }

  /** {@link MagicRounding#round(float)} in every lane. */
  static FloatVector magic(
      final FloatVector x,
      final int smallestExponentBits,
      final int exponentShift,
      final float maxFinite,
      final float overflow) {
    final IntVector bits = x.reinterpretAsInts();
    final IntVector sign = bits.and(SIGN_MASK);
    final IntVector exponent = bits.and(EXPONENT_MASK).max(smallestExponentBits);
    final FloatVector c = exponent.add(exponentShift).or(TOP_MANTISSA_BIT).reinterpretAsFloats();
    final FloatVector rounded = x.add(c).sub(c).abs();
    // An infinite or huge x may give NaN or anything above; x itself tells which it was.
    final FloatVector bounded =
        rounded
            .blend(overflow, rounded.compare(VectorOperators.GT, maxFinite))
            .blend(overflow, x.abs().compare(VectorOperators.GE, 2 * maxFinite));
    return bounded.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }
}
