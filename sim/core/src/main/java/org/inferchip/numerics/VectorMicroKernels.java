package org.inferchip.numerics;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register blocks of {@link VectorMatmulKernel}: 6 rows x 2 vectors of sums over one packed
 * pair of panels, one method a {@link MacRule}.
 *
 * <p>The sums are local variables, since the compiler keeps only those in registers. Where a step
 * takes many instructions, three rows at a time give enough independent chains.
 */
final class VectorMicroKernels {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int ROWS = VectorMatmulKernel.ROWS;
  private static final int LANES = VectorMatmulKernel.LANES;
  private static final int WIDTH = VectorMatmulKernel.WIDTH;

  private static final int BF16_DROPPED = 23 - Minifloat.BF16.mantissaBits();
  private static final MagicRounding FP16 = new MagicRounding(Minifloat.FP16);
  private static final int FP16_SMALLEST = FP16.smallestExponentBits();
  private static final int FP16_SHIFT = FP16.exponentShift();
  private static final float FP16_MAX = FP16.maxFinite();
  private static final float FP16_OVERFLOW = FP16.overflow();

  private VectorMicroKernels() {}

  /**
   * One packed panel of each operand.
   *
   * @param a holds ROWS values for each k
   * @param leftOffset where the panel of a starts
   * @param b holds WIDTH values for each k
   * @param rightOffset where the panel of b starts
   * @param terms k to sum
   * @param paddedTerms the same with the zeros that fill the last group of four
   */
  record Panels(
      float[] a, int leftOffset, float[] b, int rightOffset, int terms, int paddedTerms) {}

  /** {@link MacRule#FP32_FMA}. */
  static void fma(final Panels panels, final float[] c, final int offset, final int stride) {
    final float[] a = panels.a();
    final float[] b = panels.b();
    final int left = panels.leftOffset();
    final int right = panels.rightOffset();
    final int terms = panels.terms();
    final int row0 = offset;
    final int row1 = offset + stride;
    final int row2 = offset + 2 * stride;
    final int row3 = offset + 3 * stride;
    final int row4 = offset + 4 * stride;
    final int row5 = offset + 5 * stride;
    FloatVector s00 = FloatVector.fromArray(S, c, row0);
    FloatVector s01 = FloatVector.fromArray(S, c, row0 + LANES);
    FloatVector s10 = FloatVector.fromArray(S, c, row1);
    FloatVector s11 = FloatVector.fromArray(S, c, row1 + LANES);
    FloatVector s20 = FloatVector.fromArray(S, c, row2);
    FloatVector s21 = FloatVector.fromArray(S, c, row2 + LANES);
    FloatVector s30 = FloatVector.fromArray(S, c, row3);
    FloatVector s31 = FloatVector.fromArray(S, c, row3 + LANES);
    FloatVector s40 = FloatVector.fromArray(S, c, row4);
    FloatVector s41 = FloatVector.fromArray(S, c, row4 + LANES);
    FloatVector s50 = FloatVector.fromArray(S, c, row5);
    FloatVector s51 = FloatVector.fromArray(S, c, row5 + LANES);
    int from = right;
    int at = left;
    for (int k = 0; k < terms; k++) {
      final FloatVector b0 = FloatVector.fromArray(S, b, from);
      final FloatVector b1 = FloatVector.fromArray(S, b, from + LANES);
      final FloatVector a0 = FloatVector.broadcast(S, a[at]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      final FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      final FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      final FloatVector a3 = FloatVector.broadcast(S, a[at + 3]);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      final FloatVector a4 = FloatVector.broadcast(S, a[at + 4]);
      s40 = a4.fma(b0, s40);
      s41 = a4.fma(b1, s41);
      final FloatVector a5 = FloatVector.broadcast(S, a[at + 5]);
      s50 = a5.fma(b0, s50);
      s51 = a5.fma(b1, s51);
      from += WIDTH;
      at += ROWS;
    }
    s00.intoArray(c, row0);
    s01.intoArray(c, row0 + LANES);
    s10.intoArray(c, row1);
    s11.intoArray(c, row1 + LANES);
    s20.intoArray(c, row2);
    s21.intoArray(c, row2 + LANES);
    s30.intoArray(c, row3);
    s31.intoArray(c, row3 + LANES);
    s40.intoArray(c, row4);
    s41.intoArray(c, row4 + LANES);
    s50.intoArray(c, row5);
    s51.intoArray(c, row5 + LANES);
  }

  /** {@link MacRule#BF16_EACH_MAC}. */
  static void bf16(final Panels panels, final float[] c, final int offset, final int stride) {
    final float[] a = panels.a();
    final float[] b = panels.b();
    final int left = panels.leftOffset();
    final int right = panels.rightOffset();
    final int terms = panels.terms();
    for (int r = 0; r < ROWS; r++) {
      final int row = offset + r * stride;
      FloatVector s0 = FloatVector.fromArray(S, c, row);
      FloatVector s1 = FloatVector.fromArray(S, c, row + LANES);
      for (int k = 0; k < terms; k++) {
        final FloatVector b0 = FloatVector.fromArray(S, b, right + k * WIDTH);
        final FloatVector b1 = FloatVector.fromArray(S, b, right + k * WIDTH + LANES);
        final FloatVector x = FloatVector.broadcast(S, a[left + k * ROWS + r]);
        s0 = toBf16(x.fma(b0, s0));
        s1 = toBf16(x.fma(b1, s1));
      }
      s0.intoArray(c, row);
      s1.intoArray(c, row + LANES);
    }
  }

  /** {@link MacRule#FP16_EACH_MAC}. */
  static void fp16(final Panels panels, final float[] c, final int offset, final int stride) {
    final float[] a = panels.a();
    final float[] b = panels.b();
    final int left = panels.leftOffset();
    final int right = panels.rightOffset();
    final int terms = panels.terms();
    for (int r = 0; r < ROWS; r++) {
      final int row = offset + r * stride;
      FloatVector s0 = FloatVector.fromArray(S, c, row);
      FloatVector s1 = FloatVector.fromArray(S, c, row + LANES);
      for (int k = 0; k < terms; k++) {
        final FloatVector b0 = FloatVector.fromArray(S, b, right + k * WIDTH);
        final FloatVector b1 = FloatVector.fromArray(S, b, right + k * WIDTH + LANES);
        final FloatVector x = FloatVector.broadcast(S, a[left + k * ROWS + r]);
        s0 = toFp16(x.fma(b0, s0));
        s1 = toFp16(x.fma(b1, s1));
      }
      s0.intoArray(c, row);
      s1.intoArray(c, row + LANES);
    }
  }

  /** {@link MacRule#FP32_DOT4}. */
  static void dot4(final Panels panels, final float[] c, final int offset, final int stride) {
    final float[] a = panels.a();
    final float[] b = panels.b();
    final int left = panels.leftOffset();
    final int right = panels.rightOffset();
    final int terms = panels.paddedTerms();
    for (int r = 0; r < ROWS; r++) {
      final int row = offset + r * stride;
      FloatVector s0 = FloatVector.fromArray(S, c, row);
      FloatVector s1 = FloatVector.fromArray(S, c, row + LANES);
      for (int k = 0; k < terms; k += 4) {
        s0 = s0.add(four(a, left + k * ROWS + r, b, right + k * WIDTH));
        s1 = s1.add(four(a, left + k * ROWS + r, b, right + k * WIDTH + LANES));
      }
      s0.intoArray(c, row);
      s1.intoArray(c, row + LANES);
    }
  }

  private static FloatVector toBf16(final FloatVector x) {
    return VectorRounding.truncate(x, BF16_DROPPED);
  }

  private static FloatVector toFp16(final FloatVector x) {
    return VectorRounding.magic(x, FP16_SMALLEST, FP16_SHIFT, FP16_MAX, FP16_OVERFLOW);
  }

  private static FloatVector four(final float[] a, final int at, final float[] b, final int from) {
    final FloatVector p0 = FloatVector.fromArray(S, b, from).mul(a[at]);
    final FloatVector p1 = FloatVector.fromArray(S, b, from + WIDTH).mul(a[at + ROWS]);
    final FloatVector p2 = FloatVector.fromArray(S, b, from + 2 * WIDTH).mul(a[at + 2 * ROWS]);
    final FloatVector p3 = FloatVector.fromArray(S, b, from + 3 * WIDTH).mul(a[at + 3 * ROWS]);
    return p0.add(p1).add(p2.add(p3));
  }
}
