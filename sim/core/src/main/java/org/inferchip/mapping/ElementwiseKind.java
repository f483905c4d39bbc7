package org.inferchip.mapping;

import org.inferchip.operator.Elementwise;
import org.inferchip.operator.Elementwise.Kind;
import org.inferchip.program.VectorOp;

/**
 * What a program must know about a kind of element-wise work.
 *
 * @param op the work
 */
record ElementwiseKind(Elementwise op) {

  /** What the second operand of a tile is. */
  enum Second {
    /** Another tensor of the same shape. */
    TENSOR,
    /** The right half of the input's columns. */
    HALF,
    /** One position a row. */
    POSITION,
    /** One weight a row. */
    ROW_WEIGHT
  }

  static ElementwiseKind of(final Elementwise op) {
    return new ElementwiseKind(op);
  }

  /** Whether a tile needs all columns of its rows. */
  boolean wholeRows() {
    return switch (op.kind()) {
      case RMS_NORM, LAYER_NORM, ADD_RMS_NORM, ADD_LAYER_NORM, SOFTMAX, TOP_K, QUANTIZE -> true;
      default -> false;
    };
  }

  /** Columns of a tile are a multiple of this. */
  int granule() {
    return op.kind() == Kind.ROPE ? Math.max(1, op.parameter()) : 1;
  }

  /** The second operand; null if there is none. */
  Second second() {
    return switch (op.kind()) {
      case ADD, ADD_RMS_NORM, ADD_LAYER_NORM -> Second.TENSOR;
      case SILU_MUL, GELU_MUL -> Second.HALF;
      case ROPE -> Second.POSITION;
      case COMBINE -> Second.ROW_WEIGHT;
      default -> null;
    };
  }

  /** Whether a row of weights is applied to every row. */
  boolean weighted() {
    return switch (op.kind()) {
      case RMS_NORM, LAYER_NORM, ADD_RMS_NORM, ADD_LAYER_NORM -> true;
      default -> false;
    };
  }

  /** Whether a row is added to every row too. */
  boolean shifted() {
    return op.kind() == Kind.LAYER_NORM || op.kind() == Kind.ADD_LAYER_NORM;
  }

  /** Whether the sum with the residual is a second result. */
  boolean adds() {
    return op.kind() == Kind.ADD_RMS_NORM || op.kind() == Kind.ADD_LAYER_NORM;
  }

  /** Whether rows are found through an index. */
  boolean indexed() {
    return switch (op.kind()) {
      case ROPE, EMBEDDING, KV_WRITE, PERMUTE, COMBINE -> true;
      default -> false;
    };
  }

  /** Whether a tile is a sum over steps, held in fp32. */
  boolean sums() {
    return op.kind() == Kind.COMBINE;
  }

  /** Rows summed into one. */
  int steps() {
    return sums() ? Math.max(1, op.parameter()) : 1;
  }

  /** Whether a result is columns and values of some elements of a row. */
  boolean listsColumns() {
    return op.kind() == Kind.ARGMAX || op.kind() == Kind.TOP_K;
  }

  /** Whether anything is computed, rather than only moved. */
  boolean computes() {
    return switch (op.kind()) {
      case EMBEDDING, KV_WRITE, PERMUTE -> op.input() != op.output();
      default -> true;
    };
  }

  /** Rows of the input. */
  long inputRows() {
    return switch (op.kind()) {
      case COMBINE -> (long) op.rows() * steps();
      case PERMUTE -> op.parameter() > 0 ? op.parameter() : op.rows();
      default -> op.rows();
    };
  }

  /** Columns of the input. */
  long inputCols() {
    return second() == Second.HALF ? 2L * op.cols() : op.cols();
  }

  /** Columns of the result of a tile. */
  int outCols(final int cols) {
    return switch (op.kind()) {
      case ARGMAX -> 2;
      case TOP_K -> 2 * Math.max(1, op.parameter());
      default -> cols;
    };
  }

  /** The vector operation of a tile. */
  VectorOp vector() {
    return switch (op.kind()) {
      case RMS_NORM, ADD_RMS_NORM -> VectorOp.RMS_NORM;
      case LAYER_NORM, ADD_LAYER_NORM -> VectorOp.LAYER_NORM;
      case ADD -> VectorOp.ADD;
      case ROPE -> VectorOp.ROPE;
      case SILU_MUL -> VectorOp.SILU_MUL;
      case GELU_MUL -> VectorOp.GELU_MUL;
      case GELU -> VectorOp.GELU;
      case RELU -> VectorOp.RELU;
      case SOFTMAX -> VectorOp.SOFTMAX;
      case ARGMAX -> VectorOp.ARGMAX;
      case TOP_K -> VectorOp.TOP_K;
      case COMBINE -> VectorOp.WEIGHTED_ADD;
      case QUANTIZE -> VectorOp.QUANTIZE;
      case EMBEDDING, KV_WRITE, PERMUTE -> VectorOp.CONVERT;
    };
  }
}
