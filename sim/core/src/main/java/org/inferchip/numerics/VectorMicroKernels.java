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

  /** {@link MacRule#FP32_FMA}. */
  static void fma(
      final int terms,
      final float[] a,
      final float[] b,
      final int panel,
      final float[] c,
      final int offset,
      final int stride) {
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
    for (int k = 0; k < terms; k++) {
      final FloatVector b0 = FloatVector.fromArray(S, b, panel + k * WIDTH);
      final FloatVector b1 = FloatVector.fromArray(S, b, panel + k * WIDTH + LANES);
      final FloatVector a0 = FloatVector.broadcast(S, a[k * ROWS]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      final FloatVector a1 = FloatVector.broadcast(S, a[k * ROWS + 1]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      final FloatVector a2 = FloatVector.broadcast(S, a[k * ROWS + 2]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      final FloatVector a3 = FloatVector.broadcast(S, a[k * ROWS + 3]);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      final FloatVector a4 = FloatVector.broadcast(S, a[k * ROWS + 4]);
      s40 = a4.fma(b0, s40);
      s41 = a4.fma(b1, s41);
      final FloatVector a5 = FloatVector.broadcast(S, a[k * ROWS + 5]);
      s50 = a5.fma(b0, s50);
      s51 = a5.fma(b1, s51);
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
  static void bf16(
      final int terms,
      final float[] a,
      final float[] b,
      final int panel,
      final float[] c,
      final int offset,
      final int stride) {
    for (int half = 0; half < ROWS; half += 3) {
      final int row0 = offset + half * stride;
      final int row1 = row0 + stride;
      final int row2 = row1 + stride;
      FloatVector s00 = FloatVector.fromArray(S, c, row0);
      FloatVector s01 = FloatVector.fromArray(S, c, row0 + LANES);
      FloatVector s10 = FloatVector.fromArray(S, c, row1);
      FloatVector s11 = FloatVector.fromArray(S, c, row1 + LANES);
      FloatVector s20 = FloatVector.fromArray(S, c, row2);
      FloatVector s21 = FloatVector.fromArray(S, c, row2 + LANES);
      for (int k = 0; k < terms; k++) {
        final FloatVector b0 = FloatVector.fromArray(S, b, panel + k * WIDTH);
        final FloatVector b1 = FloatVector.fromArray(S, b, panel + k * WIDTH + LANES);
        final int at = k * ROWS + half;
        final FloatVector a0 = FloatVector.broadcast(S, a[at]);
        s00 = toBf16(a0.fma(b0, s00));
        s01 = toBf16(a0.fma(b1, s01));
        final FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
        s10 = toBf16(a1.fma(b0, s10));
        s11 = toBf16(a1.fma(b1, s11));
        final FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
        s20 = toBf16(a2.fma(b0, s20));
        s21 = toBf16(a2.fma(b1, s21));
      }
      s00.intoArray(c, row0);
      s01.intoArray(c, row0 + LANES);
      s10.intoArray(c, row1);
      s11.intoArray(c, row1 + LANES);
      s20.intoArray(c, row2);
      s21.intoArray(c, row2 + LANES);
    }
  }

  /** {@link MacRule#FP16_EACH_MAC}. */
  static void fp16(
      final int terms,
      final float[] a,
      final float[] b,
      final int panel,
      final float[] c,
      final int offset,
      final int stride) {
    for (int half = 0; half < ROWS; half += 3) {
      final int row0 = offset + half * stride;
      final int row1 = row0 + stride;
      final int row2 = row1 + stride;
      FloatVector s00 = FloatVector.fromArray(S, c, row0);
      FloatVector s01 = FloatVector.fromArray(S, c, row0 + LANES);
      FloatVector s10 = FloatVector.fromArray(S, c, row1);
      FloatVector s11 = FloatVector.fromArray(S, c, row1 + LANES);
      FloatVector s20 = FloatVector.fromArray(S, c, row2);
      FloatVector s21 = FloatVector.fromArray(S, c, row2 + LANES);
      for (int k = 0; k < terms; k++) {
        final FloatVector b0 = FloatVector.fromArray(S, b, panel + k * WIDTH);
        final FloatVector b1 = FloatVector.fromArray(S, b, panel + k * WIDTH + LANES);
        final int at = k * ROWS + half;
        final FloatVector a0 = FloatVector.broadcast(S, a[at]);
        s00 = toFp16(a0.fma(b0, s00));
        s01 = toFp16(a0.fma(b1, s01));
        final FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
        s10 = toFp16(a1.fma(b0, s10));
        s11 = toFp16(a1.fma(b1, s11));
        final FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
        s20 = toFp16(a2.fma(b0, s20));
        s21 = toFp16(a2.fma(b1, s21));
      }
      s00.intoArray(c, row0);
      s01.intoArray(c, row0 + LANES);
      s10.intoArray(c, row1);
      s11.intoArray(c, row1 + LANES);
      s20.intoArray(c, row2);
      s21.intoArray(c, row2 + LANES);
    }
  }

  /** {@link MacRule#FP32_DOT4}. */
  static void dot4(
      final int terms,
      final float[] a,
      final float[] b,
      final int panel,
      final float[] c,
      final int offset,
      final int stride) {
    for (int half = 0; half < ROWS; half += 3) {
      final int row0 = offset + half * stride;
      final int row1 = row0 + stride;
      final int row2 = row1 + stride;
      FloatVector s00 = FloatVector.fromArray(S, c, row0);
      FloatVector s01 = FloatVector.fromArray(S, c, row0 + LANES);
      FloatVector s10 = FloatVector.fromArray(S, c, row1);
      FloatVector s11 = FloatVector.fromArray(S, c, row1 + LANES);
      FloatVector s20 = FloatVector.fromArray(S, c, row2);
      FloatVector s21 = FloatVector.fromArray(S, c, row2 + LANES);
      for (int k = 0; k < terms; k += 4) {
        final int at = k * ROWS + half;
        final int from = panel + k * WIDTH;
        s00 = s00.add(four(a, at, b, from));
        s01 = s01.add(four(a, at, b, from + LANES));
        s10 = s10.add(four(a, at + 1, b, from));
        s11 = s11.add(four(a, at + 1, b, from + LANES));
        s20 = s20.add(four(a, at + 2, b, from));
        s21 = s21.add(four(a, at + 2, b, from + LANES));
      }
      s00.intoArray(c, row0);
      s01.intoArray(c, row0 + LANES);
      s10.intoArray(c, row1);
      s11.intoArray(c, row1 + LANES);
      s20.intoArray(c, row2);
      s21.intoArray(c, row2 + LANES);
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
