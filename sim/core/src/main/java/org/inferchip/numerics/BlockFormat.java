package org.inferchip.numerics;

import java.util.Optional;

/**
 * Formats whose elements share scales, or places of zeros, block by block. A block is rounded as a
 * whole and keeps the numbers that its codes stand for, in floats: products of codes and scales are
 * exact in the multipliers of such units up to the rounding of the sum, so nothing is lost by
 * scaling first.
 *
 * <p>MX formats: OCP Microscaling Formats 1.0, section 6.3. NVFP4: NVIDIA's E2M1 elements with an
 * E4M3 scale for 16 and a binary32 scale for a tensor. Q formats: llama.cpp's GGUF blocks. BFP:
 * Tenstorrent's shared exponents. 2OF4: NVIDIA's structured sparsity, 2020. NaN stays NaN and makes
 * its block NaN where it reaches the scale.
 */
public interface BlockFormat {
  /** Elements that share their outermost scale. */
  int size();

  /**
   * Rounds one block in place.
   *
   * @param values its elements from {@code from} (inclusive) to {@code to} (exclusive); at most
   *     {@link #size}, fewer at the edge of a tensor
   */
  void round(float[] values, int from, int to);

  /** The largest error of an element relative to itself, beside {@link #absoluteError}. */
  default double unitRoundoff() {
    return 0;
  }

  /**
   * The largest error of any element, beside its own {@link #unitRoundoff}.
   *
   * @param largest magnitude in the block
   */
  double absoluteError(double largest);

  /** The same format for a tensor of that largest magnitude, where tensors have a scale too. */
  default BlockFormat forLargest(final float largest) {
    return this;
  }

  /** Rounds consecutive blocks in place, the first of which starts at {@code from}. */
  default void roundAll(final float[] values, final int from, final int to) {
    for (int start = from; start < to; start += size()) {
      round(values, start, Math.min(start + size(), to));
    }
  }

  /** The rule of a format; empty if each of its elements stands for itself. */
  static Optional<BlockFormat> of(final Format format) {
    return Optional.ofNullable(
        switch (format) {
          case MXFP8 -> new MicroscalingFormat(Minifloat.E4M3);
          case MXFP6 -> new MicroscalingFormat(Minifloat.E3M2);
          case MXFP4 -> new MicroscalingFormat(Minifloat.E2M1);
          case NVFP4 -> new NvFp4(1f);
          case Q8_0 -> new ScaledIntegers(127);
          case Q4_0 -> new NegativeIntegers();
          case Q4_K -> new AffineBlocks(4);
          case Q5_K -> new AffineBlocks(5);
          case Q6_K -> new SymmetricBlocks();
          case BFP8 -> new SharedExponent(7);
          case BFP4 -> new SharedExponent(3);
          case BF16_2OF4, FP16_2OF4, FP8_E4M3_2OF4 ->
              new StructuredSparsity(Rounding.plain(format.dense()), Minifloat.of(format.dense()));
          default -> null;
        });
  }

  /** Largest magnitude; NaN if there is one. */
  static float largest(final float[] values, final int from, final int to) {
    float largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }
}
