package org.inferchip.program;

/**
 * What a vector task computes on tiles of rows x cols. Operands are named as in {@link Task}: a, b,
 * c are read, {@code to} is written. The numbers are operations and special functions for each
 * element of rows x cols.
 */
public enum VectorOp {
  /** to = a in to's format. */
  CONVERT(1, 0),
  /** to = a + b. */
  ADD(1, 0),
  /** to = a + b with b one row added to each (bias). */
  ADD_ROW(1, 0),
  /** to (+)= a: sum of partial results, in the order of the steps. */
  ACCUMULATE(1, 0),
  /** to = a / rms(a) * b, b one row of weights; whole rows; epsilon 1e-5. */
  RMS_NORM(4, 0),
  /** to = (a - mean) / sigma * b + c, b and c one row; whole rows; epsilon 1e-5. */
  LAYER_NORM(6, 0),
  /**
   * to = a rotated: adjacent pairs (2i, 2i+1) of each head of {@code arg0} elements by position *
   * theta^(-2i/arg0), theta 10000 unless the tensor store says otherwise; b is one position a row.
   */
  ROPE(3, 0),
  /** to = silu(a) * b. */
  SILU_MUL(3, 1),
  /** to = gelu(a) * b. */
  GELU_MUL(8, 1),
  /** to = gelu(a), tanh form. */
  GELU(7, 1),
  /** to = max(a, 0). */
  RELU(1, 0),
  /** to = softmax of each row of a; whole rows. */
  SOFTMAX(3, 1),
  /**
   * One step of the online softmax. a: scores (rows x cols, unscaled); to: probabilities (rows x
   * cols+1, the last column the rescale factor exp(oldMax - newMax)); accumulator: statistics (rows
   * x 2: running maximum and sum), opened by {@code FIRST}. Scores are scaled by 1/sqrt(arg4). Row
   * r is query token r / arg2; it stands at key position arg0 + r / arg2 and sees keys arg1 + c not
   * after it (if arg0 is not negative) and not more than arg3 - 1 before it (if arg3 &gt; 0), or
   * those in the operator's blocks of -arg3 keys (if arg3 &lt; 0). A row that sees no key of a step
   * keeps its maximum (minus infinity at first) and its sum, and gets zero probabilities and the
   * factor 1. Charged with the rescale of the outputs: see {@link Task#extra}.
   */
  SOFTMAX_STEP(4, 1),
  /** to = a divided by the sum of its row in b (statistics). The end of an attention item. */
  NORMALISE(1, 0),
  /**
   * One step of merging split attention: to (+)= a weighted by exp(max_a - max), b: statistics of
   * a; accumulator of statistics as in {@code SOFTMAX_STEP}; {@code LAST} divides by the sum.
   * {@code to} and the accumulator are opened by {@code FIRST} and filled by {@code LAST} together;
   * the conversion that reads {@code to} names the statistics as b, only to release them.
   */
  MERGE(2, 0),
  /**
   * to (+)= column and value of the largest element of each row of a (rows x 2, columns as
   * numbers), ties to the lower column; running over steps, a's first column is column arg0.
   */
  ARGMAX(1, 0),
  /**
   * to = the arg0 largest elements of each row: rows x 2 arg0, columns as numbers in falling order
   * of value (ties to the lower), then the softmax over these values.
   */
  TOP_K(4, 1),
  /** to (+)= a * weight, weights one a row in b (rows x 1); an accumulation over steps. */
  WEIGHTED_ADD(2, 0),
  /** to = a in to's narrower format with a scale for each row. */
  QUANTIZE(3, 0);

  private final int operations;
  private final int special;

  VectorOp(final int operations, final int special) {
    this.operations = operations;
    this.special = special;
  }

  /** Whether an element of the result depends on its whole row. */
  public boolean needsRow() {
    return switch (this) {
      case RMS_NORM, LAYER_NORM, SOFTMAX, SOFTMAX_STEP, ARGMAX, TOP_K, QUANTIZE -> true;
      default -> false;
    };
  }

  /** Operations for each element. */
  public int operations() {
    return operations;
  }

  /** Exponentials, roots or reciprocals for each element. */
  public int special() {
    return special;
  }
}
