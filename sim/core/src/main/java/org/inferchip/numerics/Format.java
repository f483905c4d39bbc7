package org.inferchip.numerics;

import org.inferchip.units.Keyed;

/**
 * A number format, with the bits that one element takes in memory.
 *
 * <p>Block-scaled formats (MX, nvfp4) count their shared scale: mxfp4 has one 8-bit scale for 32
 * elements (4.25 bit), nvfp4 one 8-bit scale for 16 (4.5 bit). How they round is {@link
 * BlockFormat}'s.
 */
public enum Format implements Keyed {
  /** IEEE 754 binary64; the reference of the checks, not a machine format. */
  FP64(64),
  /** IEEE 754 binary32. */
  FP32(32),
  /** TensorFloat-32: 8 exponent and 10 mantissa bits, stored in 32. */
  TF32(32),
  /** bfloat16: 8 exponent and 7 mantissa bits. */
  BF16(16),
  /** IEEE 754 binary16. */
  FP16(16),
  /** OCP FP8 E4M3: no infinities, largest 448. */
  FP8_E4M3(8),
  /** OCP FP8 E5M2. */
  FP8_E5M2(8),
  /** Two's complement 8-bit integers with a scale. */
  INT8(8),
  /** Two's complement 4-bit integers with a scale. */
  INT4(4),
  /** Two's complement 32-bit integers (accumulators of integer units). */
  INT32(32),
  /** OCP MXFP8: blocks of 32 with an e8m0 scale. */
  MXFP8(8.25),
  /** OCP MXFP6: blocks of 32 with an e8m0 scale. */
  MXFP6(6.25),
  /** OCP MXFP4: blocks of 32 with an e8m0 scale. */
  MXFP4(4.25),
  /** NVFP4: blocks of 16 with an e4m3 scale. */
  NVFP4(4.5),
  /** GGUF q8_0: blocks of 32 eight-bit integers with a 16-bit scale. */
  Q8_0(8.5),
  /**
   * GGUF q6_K: 256 six-bit integers in 16 blocks with 8-bit scales, and a 16-bit scale of those.
   */
  Q6_K(6.5625),
  /** GGUF q5_K: 256 five-bit integers in 8 blocks with 6-bit scales and minima. */
  Q5_K(5.5),
  /** GGUF q4_K: 256 four-bit integers in 8 blocks with 6-bit scales and minima. */
  Q4_K(4.5),
  /** GGUF q4_0: blocks of 32 four-bit integers with a 16-bit scale. */
  Q4_0(4.5),
  /** Block floating point: 16 numbers of 8 bits (a sign, 7 of mantissa) share an 8-bit exponent. */
  BFP8(8.5),
  /** As {@link #BFP8} with numbers of 4 bits. */
  BFP4(4.5),
  /**
   * Weights in the cells of an analog array: numbers of any value, of which the array makes what
   * its cells, converters and noise allow. Counted as a byte where they are moved at all.
   */
  ANALOG(8),
  /**
   * Weights in bfloat16 of which at most two of four are not zero: two values, two 2-bit places.
   */
  BF16_2OF4(9, BF16),
  /** As {@link #BF16_2OF4} in binary16. */
  FP16_2OF4(9, FP16),
  /** As {@link #BF16_2OF4} in E4M3. */
  FP8_E4M3_2OF4(5, FP8_E4M3);

  private final double bits;
  private final Format values;

  Format(final double bits) {
    this.bits = bits;
    values = this;
  }

  Format(final double bits, final Format values) {
    this.bits = bits;
    this.values = values;
  }

  /** The format of the values that a sparse format keeps; itself for all others. */
  public Format dense() {
    return values;
  }

  /** Whether zeros at known places are left out. */
  public boolean sparse() {
    return values != this;
  }

  /** The share of multiplications by elements of this format that is not with a zero left out. */
  public double kept() {
    return sparse() ? 0.5 : 1;
  }

  /**
   * The format in which a unit multiplies two: analog if either is; a sparse one where the other
   * has the format of its values, so that a unit may skip the zeros; else the wider.
   */
  public static Format multiplied(final Format first, final Format second) {
    if (first == ANALOG || second == ANALOG) {
      return ANALOG;
    }
    if (first.sparse() != second.sparse() && first.values == second.values) {
      return first.sparse() ? first : second;
    }
    return first.values.bits >= second.values.bits ? first.values : second.values;
  }

  /** Bits of one element in memory, its part of a block scale included. */
  public double bits() {
    return bits;
  }

  /**
   * Bytes of a run of elements, rounded up to whole bytes.
   *
   * @param elements how many elements
   */
  public long bytes(final long elements) {
    // bits is a multiple of 1/16, so the product in sixteenths is exact.
    return -Math.floorDiv(-elements * (long) (bits * 16), 128L);
  }

  /** The name used in files and on the command line: lower case, such as {@code fp8_e4m3}. */
  @Override
  public String key() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
