package org.inferchip.operator;

import java.util.List;
import java.util.Objects;
import org.inferchip.numerics.Format;

/**
 * C[m x n] = A[m x k] W[k x n] (+ bias), dense or grouped.
 *
 * <p>Grouped (experts): the rows of A stand group after group; group g multiplies its rows with its
 * own weights, which stand at rows g*k to (g+1)*k of W. Dense is one group. The absorbed
 * projections of latent attention have a group for each head, but are a batch of equal products.
 *
 * @param name the operator's name
 * @param groupRows rows of A in each group; the sum is m; every entry at least 1
 * @param n columns of W
 * @param k reduction
 * @param activation format of A
 * @param weight format of W
 * @param accumulator format of sums, as the unit has it
 * @param output format of C
 * @param bias whether a row vector is added to each row
 */
public record MatMul(
    String name,
    List<Integer> groupRows,
    int n,
    int k,
    Format activation,
    Format weight,
    Format accumulator,
    Format output,
    boolean bias)
    implements Operator {

  /** Name of the projection of queries into the latent space of the cache. */
  public static final String Q_ABSORB = "q_absorb";

  /** Name of the projection of attended latents to values. */
  public static final String V_ABSORB = "v_absorb";

  /** Checks sizes. */
  public MatMul {
    Objects.requireNonNull(name, "name");
    groupRows = List.copyOf(groupRows);
    if (groupRows.isEmpty() || groupRows.stream().anyMatch(rows -> rows < 1) || n < 1 || k < 1) {
      throw new IllegalArgumentException(
          "sizes must be positive: " + groupRows + " " + n + " " + k);
    }
  }

  /**
   * A product in one format with fp32 sums (of integers: int32) and 16-bit output; of a sparse
   * format, only the weights are sparse.
   */
  public static MatMul dense(
      final String name, final int m, final int n, final int k, final Format format) {
    final Format sums = format == Format.INT8 || format == Format.INT4 ? Format.INT32 : Format.FP32;
    final Format values = format.dense();
    final Format out = values.bits() >= 16 ? values : Format.BF16;
    final Format in = format == Format.ANALOG ? out : values;
    return new MatMul(name, List.of(m), n, k, in, format, sums, out, false);
  }

  /** The same product with sums in another format. */
  public MatMul summedIn(final Format sums) {
    return new MatMul(name, groupRows, n, k, activation, weight, sums, output, bias);
  }

  /** The same product with weights of another format. */
  public MatMul weighing(final Format weights) {
    return new MatMul(name, groupRows, n, k, activation, weights, accumulator, output, bias);
  }

  /** The same product with other columns and another reduction. */
  public MatMul sized(final int columns, final int reduction) {
    return new MatMul(
        name, groupRows, columns, reduction, activation, weight, accumulator, output, bias);
  }

  /** Rows of A, all groups together. */
  public int m() {
    int sum = 0;
    for (final int rows : groupRows) {
      sum = Math.addExact(sum, rows);
    }
    return sum;
  }

  /** The format in which inputs are multiplied, see {@link Format#multiplied}. */
  public Format multiplied() {
    return Format.multiplied(activation, weight);
  }

  /** Groups, each with weights of its own. */
  public int groups() {
    return groupRows.size();
  }

  /** Experts with rows of their own, which kernels for groups do; 1 if there are none. */
  public int experts() {
    return experts(name, groups());
  }

  /** The same of a product of that name with so many groups. */
  public static int experts(final String name, final int groups) {
    return name.equals(Q_ABSORB) || name.equals(V_ABSORB) ? 1 : groups;
  }

  @Override
  public long multiplyAccumulates() {
    return (long) m() * n * k;
  }

  /** Multiply-accumulates with zeros that the format of the weights leaves out. */
  public long skippable() {
    return (long) (multiplyAccumulates() * (1 - weight.kept()));
  }

  @Override
  public long compulsoryReadBytes() {
    return activation.bytes((long) m() * k)
        + weight.bytes((long) groups() * n * k)
        + (bias ? output.bytes(n) : 0);
  }

  @Override
  public long compulsoryWriteBytes() {
    return output.bytes((long) m() * n);
  }

  @Override
  public Object workKey() {
    final String kind = experts() == groups() ? "" : Q_ABSORB;
    return new MatMul(kind, groupRows, n, k, activation, weight, accumulator, output, bias);
  }
}
