package org.inferchip.arithmetic;

import org.inferchip.numerics.CounterGenerator;
import org.inferchip.numerics.Format;
import org.inferchip.numerics.IntQuantiser;
import org.inferchip.numerics.Rounding;

/**
 * A tensor of any size that takes no memory: each element is made by the counter-based generator
 * when it is read, with mean 0 and a given standard deviation, and rounded to the format.
 */
public final class GeneratedTensor implements Tensor {

  /** No generated number is further out, in standard deviations. */
  static final float LARGEST = 3.47f;

  private final CounterGenerator generator;
  private final long id;
  private final long rows;
  private final int cols;
  private final Format format;
  private final float deviation;
  private final Rounding rounding;
  private final IntQuantiser quantiser;

  /**
   * A tensor.
   *
   * @param generator with the seed of the run
   * @param id tells tensors of one seed apart
   * @param rows rows
   * @param cols columns
   * @param format element format
   * @param deviation standard deviation
   */
  public GeneratedTensor(
      final CounterGenerator generator,
      final long id,
      final long rows,
      final int cols,
      final Format format,
      final float deviation) {
    this.generator = generator;
    this.id = id;
    this.rows = rows;
    this.cols = cols;
    this.format = format;
    this.deviation = deviation;
    final boolean integers = IntQuantiser.holds(format);
    this.rounding = integers ? null : Rounding.to(format);
    this.quantiser = integers ? IntQuantiser.forLargest(format, LARGEST * deviation) : null;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public int cols() {
    return cols;
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public float scale() {
    return quantiser == null ? 1f : quantiser.scale();
  }

  @Override
  public void read(
      final long row, final int col, final int count, final float[] out, final int offset) {
    readExact(row, col, count, out, offset);
    if (quantiser == null) {
      rounding.round(out, offset, offset + count);
    } else {
      for (int i = offset; i < offset + count; i++) {
        out[i] = quantiser.quantise(out[i]);
      }
    }
  }

  @Override
  public void readExact(
      final long row, final int col, final int count, final float[] out, final int offset) {
    check(row, col, count);
    // Rows beyond 2^32 do not occur; the counter takes 32 bits of the row.
    generator.normals(id, Math.toIntExact(row), col, count, deviation, out, offset);
  }
}
