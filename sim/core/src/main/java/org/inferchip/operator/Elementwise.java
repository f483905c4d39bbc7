package org.inferchip.operator;

import java.util.Objects;
import org.inferchip.numerics.Format;

/**
 * Work of the vector unit over rows of a tensor.
 *
 * @param name the operator's name
 * @param kind what is computed
 * @param rows rows (tokens)
 * @param cols columns of the output; for gated activations the input has twice as many (gate
 *     first); for {@code ROPE} all heads side by side; for {@code ARGMAX} columns of the input
 * @param parameter {@code ROPE}: head dimension; {@code EMBEDDING}: rows of the table; {@code
 *     TOP_K}: k; {@code COMBINE}: rows summed into one; {@code ARGMAX}: shares of a row, where rows
 *     are such shares; {@code QUANTIZE}: experts that the rows are of, where they are of several;
 *     otherwise 0
 * @param input format of inputs
 * @param output format of the output
 */
public record Elementwise(
    String name, Kind kind, int rows, int cols, int parameter, Format input, Format output)
    implements Operator {

  /**
   * What is computed, with the columns read, written and operations done for each output column.
   */
  public enum Kind {
    /** x / rms(x) * weight. Reads x; weight once. */
    RMS_NORM(1, 1, 4, 0),
    /** (x - mean) / sigma * weight + bias. */
    LAYER_NORM(1, 1, 6, 0),
    /** s = x + residual, then RMS_NORM(s); writes s and the norm. */
    ADD_RMS_NORM(2, 2, 5, 0),
    /** s = x + residual, then LAYER_NORM(s); writes s and the norm. */
    ADD_LAYER_NORM(2, 2, 7, 0),
    /** a + b. */
    ADD(2, 1, 1, 0),
    /** Rotary position embedding of adjacent pairs; needs positions. */
    ROPE(1, 1, 3, 0),
    /** silu(gate) * up. */
    SILU_MUL(2, 1, 3, 1),
    /** gelu(gate) * up. */
    GELU_MUL(2, 1, 8, 1),
    /** gelu(x). */
    GELU(1, 1, 7, 1),
    /** max(x, 0). */
    RELU(1, 1, 1, 0),
    /** Softmax along a row. */
    SOFTMAX(1, 1, 3, 1),
    /** Rows of a table by token id. */
    EMBEDDING(1, 1, 0, 0),
    /** Rows written to the KV cache at given slots. */
    KV_WRITE(1, 1, 0, 0),
    /** Column of the largest value of each row: greedy sampling. */
    ARGMAX(1, 0, 1, 0),
    /** k largest of each row and their softmax: routing. */
    TOP_K(1, 0, 4, 1),
    /** Rows copied into the order of experts. */
    PERMUTE(1, 1, 0, 0),
    /** Rows of experts weighted and summed back into token order. */
    COMBINE(1, 1, 2, 0),
    /** Conversion to a narrower format with a scale for each row. */
    QUANTIZE(1, 1, 3, 0);

    private final int readsPerColumn;
    private final int writesPerColumn;
    private final int operationsPerColumn;
    private final int specialPerColumn;

    Kind(final int reads, final int writes, final int operations, final int special) {
      readsPerColumn = reads;
      writesPerColumn = writes;
      operationsPerColumn = operations;
      specialPerColumn = special;
    }

    /** Activation elements read for each column. */
    public int readsPerColumn() {
      return readsPerColumn;
    }

    /** Elements written for each column; 0 where a row gives only a few. */
    public int writesPerColumn() {
      return writesPerColumn;
    }

    /** Vector operations for each column. */
    public int operationsPerColumn() {
      return operationsPerColumn;
    }

    /** Exponentials, roots or reciprocals for each column. */
    public int specialPerColumn() {
      return specialPerColumn;
    }
  }

  /** Checks sizes. */
  public Elementwise {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    if (rows < 1 || cols < 1 || parameter < 0) {
      throw new IllegalArgumentException(rows + " x " + cols + ", parameter " + parameter);
    }
  }

  @Override
  public long multiplyAccumulates() {
    return 0;
  }

  @Override
  public long compulsoryReadBytes() {
    final int copies = kind == Kind.COMBINE ? Math.max(1, parameter) : kind.readsPerColumn();
    return input.bytes((long) rows * cols * copies);
  }

  @Override
  public long compulsoryWriteBytes() {
    return kind.writesPerColumn() == 0
        ? 4L * rows * Math.max(1, parameter)
        : output.bytes((long) rows * cols * kind.writesPerColumn());
  }

  @Override
  public Object workKey() {
    return new Elementwise("", kind, rows, cols, parameter, input, output);
  }
}
