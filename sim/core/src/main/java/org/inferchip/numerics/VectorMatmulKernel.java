package org.inferchip.numerics;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.inferchip.numerics.VectorMicroKernels.Panels;

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
  private static final int DEPTH_BLOCK = 256;

  private static final int WIDTH_BLOCK = 16 * WIDTH;
  private static final int HEIGHT_BLOCK = 40 * ROWS;

  private final float[] packedA = new float[HEIGHT_BLOCK * DEPTH_BLOCK];
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
    packB(b, (b.rows() + 3) & -4);
    for (int i = 0; i < c.rows(); i += HEIGHT_BLOCK) {
      final int height = Math.min(HEIGHT_BLOCK, c.rows() - i);
      packA(a.block(i, 0, height, a.columns()), (b.rows() + 3) & -4);
      panels(rule, b.rows(), c.block(i, 0, height, c.columns()));
    }
  }

  /** All pairs of packed panels; one panel of b stays in the first cache over all rows. */
  private void panels(final MacRule rule, final int terms, final MatrixView c) {
    final int depth = (terms + 3) & -4;
    for (int j = 0; j < c.columns(); j += WIDTH) {
      final int width = Math.min(WIDTH, c.columns() - j);
      for (int i = 0; i < c.rows(); i += ROWS) {
        final int height = Math.min(ROWS, c.rows() - i);
        final Panels pair = new Panels(packedA, i * depth, packedB, j * depth, terms, depth);
        if (height == ROWS && width == WIDTH) {
          micro(rule, pair, c.data(), c.index(i, j), c.rowStride());
        } else {
          edge(rule, pair, c.block(i, j, height, width));
        }
      }
    }
  }

  private void edge(final MacRule rule, final Panels pair, final MatrixView c) {
    for (int r = 0; r < c.rows(); r++) {
      System.arraycopy(c.data(), c.index(r, 0), edge, r * WIDTH, c.columns());
    }
    micro(rule, pair, edge, 0, WIDTH);
    for (int r = 0; r < c.rows(); r++) {
      System.arraycopy(edge, r * WIDTH, c.data(), c.index(r, 0), c.columns());
    }
  }

  private static void micro(
      final MacRule rule, final Panels pair, final float[] c, final int offset, final int stride) {
    switch (rule) {
      case FP32_FMA -> VectorMicroKernels.fma(pair, c, offset, stride);
      case BF16_EACH_MAC -> VectorMicroKernels.bf16(pair, c, offset, stride);
      case FP16_EACH_MAC -> VectorMicroKernels.fp16(pair, c, offset, stride);
      case FP32_DOT4 -> VectorMicroKernels.dot4(pair, c, offset, stride);
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

  /** Panel after panel of ROWS rows, each depth x ROWS. */
  private void packA(final MatrixView a, final int depth) {
    for (int i = 0; i < a.rows(); i += ROWS) {
      final int height = Math.min(ROWS, a.rows() - i);
      if (height < ROWS || depth > a.columns()) {
        Arrays.fill(packedA, i * depth, (i + ROWS) * depth, 0f);
      }
      if (height == ROWS) {
        packSix(a.data(), a.index(i, 0), a.rowStride(), a.columnStride(), a.columns(), i * depth);
      } else {
        packFew(a.block(i, 0, height, a.columns()), i * depth);
      }
    }
  }

  private void packSix(
      final float[] data,
      final int from,
      final int rowStride,
      final int columnStride,
      final int count,
      final int offset) {
    final float[] to = packedA;
    for (int k = 0; k < count; k++) {
      final int at = offset + k * ROWS;
      final int source = from + k * columnStride;
      to[at] = data[source];
      to[at + 1] = data[source + rowStride];
      to[at + 2] = data[source + 2 * rowStride];
      to[at + 3] = data[source + 3 * rowStride];
      to[at + 4] = data[source + 4 * rowStride];
      to[at + 5] = data[source + 5 * rowStride];
    }
  }

  private void packFew(final MatrixView a, final int offset) {
    for (int r = 0; r < a.rows(); r++) {
      for (int k = 0; k < a.columns(); k++) {
        packedA[offset + k * ROWS + r] = a.get(r, k);
      }
    }
  }
}
