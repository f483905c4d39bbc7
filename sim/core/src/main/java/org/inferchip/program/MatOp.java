package org.inferchip.program;

/** What a matrix task computes on its tiles: a is m x k, the accumulator is m x n. */
public enum MatOp {
  /** acc += a b with b as k x n. */
  AB,
  /** acc += a b' with b as n x k (scores of queries against keys). */
  ABT,
  /**
   * acc = diag(r) acc + a b, where r (rescale factors of the online softmax, one a row) is column k
   * of a's slot. a is a tile of probabilities that {@link VectorOp#SOFTMAX_STEP} wrote with one
   * more column. The rescaling itself is charged to that vector task.
   */
  RESCALE_AB
}
