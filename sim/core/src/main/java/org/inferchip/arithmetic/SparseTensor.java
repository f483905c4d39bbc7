package org.inferchip.arithmetic;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.inferchip.numerics.Format;

/**
 * A tensor to write to: NaN until written, with memory only for the parts that were. Sums of
 * integers are held in doubles, since a float does not hold every 32-bit integer.
 */
public final class SparseTensor implements Tensor {

  private static final int SEGMENT = 1024;

  private final long rows;
  private final int cols;
  private final Format format;
  private final int segments;
  private final Map<Long, float[]> floats = new HashMap<>();
  private final Map<Long, double[]> doubles = new HashMap<>();

  /** An undefined tensor. */
  public SparseTensor(final long rows, final int cols, final Format format) {
    this.rows = rows;
    this.cols = cols;
    this.format = format;
    this.segments = (cols + SEGMENT - 1) / SEGMENT;
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
  public void read(
      final long row, final int col, final int count, final float[] out, final int offset) {
    check(row, col, count);
    for (int done = 0; done < count; ) {
      final int at = (col + done) % SEGMENT;
      final int length = Math.min(count - done, SEGMENT - at);
      final float[] segment = floats.get(row * segments + (col + done) / SEGMENT);
      if (segment == null) {
        Arrays.fill(out, offset + done, offset + done + length, Float.NaN);
      } else {
        System.arraycopy(segment, at, out, offset + done, length);
      }
      done += length;
    }
  }

  @Override
  public void write(
      final long row, final int col, final int count, final float[] values, final int offset) {
    check(row, col, count);
    for (int done = 0; done < count; ) {
      final int at = (col + done) % SEGMENT;
      final int length = Math.min(count - done, SEGMENT - at);
      final long key = row * segments + (col + done) / SEGMENT;
      System.arraycopy(
          values, offset + done, floats.computeIfAbsent(key, SparseTensor::nans), at, length);
      done += length;
    }
  }

  private static float[] nans(final long key) {
    final float[] segment = new float[SEGMENT];
    Arrays.fill(segment, Float.NaN);
    return segment;
  }

  /** Reads sums of integers. */
  void readSums(
      final long row, final int col, final int count, final double[] out, final int offset) {
    check(row, col, count);
    for (int i = 0; i < count; i++) {
      final double[] segment = doubles.get(row * segments + (col + i) / SEGMENT);
      out[offset + i] = segment == null ? Double.NaN : segment[(col + i) % SEGMENT];
    }
  }

  /** Writes sums of integers. */
  void writeSums(
      final long row, final int col, final int count, final double[] values, final int offset) {
    check(row, col, count);
    for (int i = 0; i < count; i++) {
      final double[] segment =
          doubles.computeIfAbsent(row * segments + (col + i) / SEGMENT, SparseTensor::nanSums);
      segment[(col + i) % SEGMENT] = values[offset + i];
    }
  }

  private static double[] nanSums(final long key) {
    final double[] segment = new double[SEGMENT];
    Arrays.fill(segment, Double.NaN);
    return segment;
  }
}
