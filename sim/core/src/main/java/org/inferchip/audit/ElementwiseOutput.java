package org.inferchip.audit;

import org.inferchip.audit.Content.Applied;
import org.inferchip.audit.Content.Loaded;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.VectorOp;

/** What each kind of vector work must leave, and from which rows and columns. */
final class ElementwiseOutput implements OutputRule {
  private final Elementwise op;
  private final Findings findings;

  ElementwiseOutput(final Elementwise op, final Findings findings) {
    this.op = op;
    this.findings = findings;
  }

  @Override
  public void check(final TensorRef tensor, final Task store, final Content content) {
    final boolean fine = tensor.role() == Role.SUM ? isSum(store, content) : is(store, content);
    if (!fine) {
      findings.add(
          Kind.WRONG_OUTPUT,
          content
              + " is stored to "
              + tensor.role()
              + " row "
              + store.row
              + " column "
              + store.col
              + " of "
              + op.kind());
    }
  }

  private boolean isSum(final Task store, final Content content) {
    return switch (op.kind()) {
      case ADD_RMS_NORM, ADD_LAYER_NORM -> isAdd(store, content);
      default -> false;
    };
  }

  private boolean is(final Task store, final Content content) {
    if ((op.kind() == Elementwise.Kind.KV_WRITE) != (store.index != Task.NONE)) {
      return false;
    }
    return switch (op.kind()) {
      case RMS_NORM -> isNorm(store, content, VectorOp.RMS_NORM, false);
      case LAYER_NORM -> isNorm(store, content, VectorOp.LAYER_NORM, false);
      case ADD_RMS_NORM -> isNorm(store, content, VectorOp.RMS_NORM, true);
      case ADD_LAYER_NORM -> isNorm(store, content, VectorOp.LAYER_NORM, true);
      case ADD -> isAdd(store, content);
      case ROPE -> isRope(store, content);
      case SILU_MUL -> isGated(store, content, VectorOp.SILU_MUL);
      case GELU_MUL -> isGated(store, content, VectorOp.GELU_MUL);
      case GELU -> isUnary(store, content, VectorOp.GELU);
      case RELU -> isUnary(store, content, VectorOp.RELU);
      case SOFTMAX -> isUnary(store, content, VectorOp.SOFTMAX) && store.n == op.cols();
      case QUANTIZE -> isUnary(store, content, VectorOp.QUANTIZE);
      case EMBEDDING -> isGather(store, content, Role.WEIGHT);
      case PERMUTE -> isGather(store, content, Role.INPUT);
      case KV_WRITE -> isInput(store, content, store.col);
      case ARGMAX -> isLargest(store, content);
      case TOP_K -> isTopK(store, content);
      case COMBINE -> isCombined(store, content);
    };
  }

  private static boolean isInput(final Task store, final Content content, final int col) {
    return content instanceof Loaded x && x.is(Role.INPUT, store.row, col, store.m, store.n);
  }

  private static boolean isUnary(final Task store, final Content content, final VectorOp vector) {
    return content instanceof Applied x && x.op() == vector && isInput(store, x.a(), store.col);
  }

  private static boolean isAdd(final Task store, final Content content) {
    return content instanceof Applied sum
        && sum.op() == VectorOp.ADD
        && (isInput(store, sum.a(), store.col) && isOther(store, sum.b())
            || isInput(store, sum.b(), store.col) && isOther(store, sum.a()));
  }

  private static boolean isOther(final Task store, final Content content) {
    return content instanceof Loaded x && x.is(Role.OTHER, store.row, store.col, store.m, store.n);
  }

  private boolean isNorm(
      final Task store, final Content content, final VectorOp vector, final boolean residual) {
    final boolean layer = vector == VectorOp.LAYER_NORM;
    return content instanceof Applied norm
        && norm.op() == vector
        && store.n == op.cols()
        && (residual ? isAdd(store, norm.a()) : isInput(store, norm.a(), 0))
        && norm.b() instanceof Loaded weight
        && weight.is(Role.WEIGHT, 0, 0, 1, op.cols())
        && (!layer || norm.c() instanceof Loaded bias && bias.is(Role.BIAS, 0, 0, 1, op.cols()));
  }

  private boolean isRope(final Task store, final Content content) {
    final int head = op.parameter();
    return content instanceof Applied x
        && x.op() == VectorOp.ROPE
        && x.argument() == head
        && store.col % head == 0
        && store.n % head == 0
        && isInput(store, x.a(), store.col)
        && x.b() instanceof Loaded positions
        && positions.is(Role.INDEX, store.row, 0, store.m, 1);
  }

  private boolean isGated(final Task store, final Content content, final VectorOp vector) {
    return content instanceof Applied x
        && x.op() == vector
        && isInput(store, x.a(), store.col)
        && isInput(store, x.b(), op.cols() + store.col);
  }

  private static boolean isGather(final Task store, final Content content, final Role role) {
    return content instanceof Loaded x
        && x.role() == role
        && x.index() >= 0
        && x.row() == store.row
        && x.col() == store.col
        && x.rows() == store.m
        && x.cols() == store.n;
  }

  private boolean isLargest(final Task store, final Content content) {
    return content instanceof Content.Largest x
        && x.row() == store.row
        && x.rows() == store.m
        && x.seen().is(0, op.cols());
  }

  private boolean isTopK(final Task store, final Content content) {
    return content instanceof Applied x
        && x.op() == VectorOp.TOP_K
        && x.argument() == op.parameter()
        && x.a() instanceof Loaded input
        && input.is(Role.INPUT, store.row, 0, store.m, op.cols());
  }

  private boolean isCombined(final Task store, final Content content) {
    return content instanceof Content.Combined x
        && x.row() == store.row
        && x.col() == store.col
        && x.choices().is(0, Math.max(1, op.parameter()));
  }
}
