package org.inferchip.numerics;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The matrix kernel on the Vector API.
 *
 * <p>{@code b} is packed into panels of two vectors' width and {@code a} into panels of six rows, k
 * by k, in blocks that stay in the caches; a micro-kernel keeps the 6 x 2 sums of such a pair in
 * registers over a block of k (Goto and van de Geijn 2008). Lanes are outputs, so each output sees
 * the k of its rule in order, block after block, and the bits are those of the plain kernel. Panels
 * are padded with zeros; what the padding computes is dropped.
 */
final class VectorMatmulKernel implements MatmulKernel {

  static final int ROWS = 6;
  static final int LANES = FloatVector.SPECIES_PREFERRED.length();
  static final int WIDTH = 2 * LANES;

  /** Block of k; a multiple of 4, so that no group of {@link MacRule#FP32_DOT4} is cut. */
  private static final int DEPTH_BLOCK = 512;

  private static final int WIDTH_BLOCK = 8 * WIDTH;

  private final float[] packedA = new float[ROWS * DEPTH_BLOCK];
  private final float[] packedB = new float[WIDTH_BLOCK * DEPTH_BLOCK];
  private final float[] edge = new float[ROWS * WIDTH];

  @Override
  public void accumulate(
      final MacRule rule, final MatrixView a, final MatrixView b, final MatrixView c) {
    MatmulKernel.checkShapes(a, b, c);
    for (int k = 0; k < b.rows(); k += DEPTH_BLOCK) {
      final int depth = Math.min(DEPTH_BLOCK, b.rows() - k);
      for (int j = 0; j < c.columns(); j += WIDTH_BLOCK) {
        final int width = Math.min(WIDTH_BLOCK, c.columns() - j);
        block(
            rule,
            a.block(0, k, a.rows(), depth),
            b.block(k, j, depth, width),
            c.block(0, j, c.rows(), width));
      }
    }
  }

  private void block(
      final MacRule rule, final MatrixView a, final MatrixView b, final MatrixView c) {
    final int depth = (b.rows() + 3) & -4;
    packB(b, depth);
    for (int i = 0; i < c.rows(); i += ROWS) {
      final int height = Math.min(ROWS, c.rows() - i);
      packA(a, i, height, depth);
      for (int j = 0; j < c.columns(); j += WIDTH) {
        final int width = Math.min(WIDTH, c.columns() - j);
        if (height == ROWS && width == WIDTH) {
          micro(rule, b.rows(), depth, j * depth, c.data(), c.index(i, j), c.rowStride());
        } else {
          edge(rule, b.rows(), depth, j * depth, c.block(i, j, height, width));
        }
      }
    }
  }

  private void edge(
      final MacRule rule, final int terms, final int depth, final int panel, final MatrixView c) {
    for (int r = 0; r < c.rows(); r++) {
      System.arraycopy(c.data(), c.index(r, 0), edge, r * WIDTH, c.columns());
    }
    micro(rule, terms, depth, panel, edge, 0, WIDTH);
    for (int r = 0; r < c.rows(); r++) {
      System.arraycopy(edge, r * WIDTH, c.data(), c.index(r, 0), c.columns());
    }
  }

  private void micro(
      final MacRule rule,
      final int terms,
      final int depth,
      final int panel,
      final float[] c,
      final int offset,
      final int stride) {
    switch (rule) {
      case FP32_FMA -> VectorMicroKernels.fma(terms, packedA, packedB, panel, c, offset, stride);
      case BF16_EACH_MAC ->
          VectorMicroKernels.bf16(terms, packedA, packedB, panel, c, offset, stride);
      case FP16_EACH_MAC ->
          VectorMicroKernels.fp16(terms, packedA, packedB, panel, c, offset, stride);
      case FP32_DOT4 -> VectorMicroKernels.dot4(depth, packedA, packedB, panel, c, offset, stride);
      default -> throw new AssertionError(rule);
    }
  }

  /** Panel after panel of WIDTH columns, each depth x WIDTH. */
  private void packB(final MatrixView b, final int depth) {
    final float[] data = b.data();
    for (int j = 0; j < b.columns(); j += WIDTH) {
      final int width = Math.min(WIDTH, b.columns() - j);
      if (width < WIDTH || depth > b.rows()) {
        Arrays.fill(packedB, j * depth, (j + WIDTH) * depth, 0f);
      }
      if (b.columnStride() == 1) {
        for (int k = 0; k < b.rows(); k++) {
          System.arraycopy(data, b.index(k, j), packedB, j * depth + k * WIDTH, width);
        }
      } else {
        for (int x = 0; x < width; x++) {
          copyColumn(data, b.index(0, j + x), b.rowStride(), b.rows(), j * depth + x);
        }
      }
    }
  }

  private void copyColumn(
      final float[] from, final int offset, final int stride, final int count, final int to) {
    for (int k = 0; k < count; k++) {
      packedB[to + k * WIDTH] = from[offset + k * stride];
    }
  }

  /** One panel of ROWS rows, depth x ROWS. */
  private void packA(final MatrixView a, final int row, final int height, final int depth) {
    if (height < ROWS || depth > a.columns()) {
      Arrays.fill(packedA, 0, ROWS * depth, 0f);
    }
    for (int r = 0; r < height; r++) {
      final int start = a.index(row + r, 0);
      for (int k = 0; k < a.columns(); k++) {
        packedA[k * ROWS + r] = a.data()[start + k * a.columnStride()];
      }
    }
  }
}
