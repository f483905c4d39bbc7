package org.inferchip.mapping;

import java.util.List;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.Buffer;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Role;

/**
 * Tensors and buffers of element-wise work. Those that a program does not use are null.
 *
 * <p>Layouts beyond the plain ones: {@code ARGMAX} gives column and value of each row, {@code
 * TOP_K} k columns, then k weights; {@code COMBINE} reads {@code OTHER} [rows x k] weights and
 * {@code INDEX} [k rows x 1], the row of the experts' output that is the j-th of token r at j *
 * rows + r; {@code PERMUTE} reads row {@code INDEX[r]} of its input.
 */
final class ElementwiseParts {
  final TensorRef input;
  final TensorRef other;
  final TensorRef weight;
  final TensorRef bias;
  final TensorRef index;
  final TensorRef output;
  final TensorRef sum;
  final Buffer x;
  final Buffer y;
  final Buffer weights;
  final Buffer shifts;
  final Buffer sums;
  final Buffer out;
  final List<TensorRef> tensors;
  final List<Buffer> buffers;

  ElementwiseParts(
      final Elementwise op, final ElementwiseMapping mapping, final int cols, final Homes homes) {
    final ElementwiseKind kind = ElementwiseKind.of(op);
    final Format in = op.input();
    final int rows = Math.min(mapping.rows(), op.rows());
    final int stages = mapping.stages();
    final Tensors all = new Tensors(homes);
    input = input(op, kind, all);
    other = other(op, kind, all);
    weight = kind.weighted() ? all.stored(Role.WEIGHT, 1, op.cols(), in) : null;
    bias = kind.shifted() ? all.stored(Role.BIAS, 1, op.cols(), in) : null;
    index =
        kind.indexed()
            ? all.read(Role.INDEX, (long) op.rows() * kind.steps(), 1, Format.INT32)
            : null;
    output = output(op, kind, all);
    sum = kind.adds() ? all.written(Role.SUM, op.rows(), op.cols(), op.output()) : null;
    x = all.local("x", stages, rows, cols, in);
    y = kind.second() == null ? null : second(kind, all, stages, rows, cols, in);
    weights = kind.weighted() ? all.local("weights", 1, 1, cols, in) : null;
    shifts = kind.shifted() ? all.local("shifts", 1, 1, cols, in) : null;
    sums =
        kind.adds() || kind.sums()
            ? all.local(
                "sum", mapping.results(), rows, cols, kind.sums() ? Format.FP32 : op.output())
            : null;
    out =
        kind.computes()
            ? all.local("out", mapping.results(), rows, kind.outCols(cols), output.format())
            : null;
    tensors = all.tensors();
    buffers = all.buffers();
  }

  private static TensorRef input(
      final Elementwise op, final ElementwiseKind kind, final Tensors all) {
    if (op.kind() == Elementwise.Kind.EMBEDDING) {
      return all.stored(Role.WEIGHT, Math.max(1, op.parameter()), op.cols(), op.input());
    }
    return all.read(Role.INPUT, kind.inputRows(), kind.inputCols(), op.input());
  }

  private static TensorRef other(
      final Elementwise op, final ElementwiseKind kind, final Tensors all) {
    if (op.kind() == Elementwise.Kind.COMBINE) {
      return all.read(Role.OTHER, op.rows(), kind.steps(), Format.FP32);
    }
    return kind.second() == ElementwiseKind.Second.TENSOR
        ? all.read(Role.OTHER, op.rows(), op.cols(), op.input())
        : null;
  }

  private static TensorRef output(
      final Elementwise op, final ElementwiseKind kind, final Tensors all) {
    if (op.kind() == Elementwise.Kind.KV_WRITE) {
      final long slots = Math.max(op.rows(), op.parameter());
      return all.stored(Role.OUTPUT, slots, op.cols(), op.output());
    }
    final Format format = kind.listsColumns() ? Format.FP32 : op.output();
    return all.written(Role.OUTPUT, op.rows(), kind.outCols(op.cols()), format);
  }

  private static Buffer second(
      final ElementwiseKind kind,
      final Tensors all,
      final int stages,
      final int rows,
      final int cols,
      final Format in) {
    return switch (kind.second()) {
      case TENSOR, HALF -> all.local("y", stages, rows, cols, in);
      case POSITION -> all.local("positions", stages, rows, 1, Format.INT32);
      case ROW_WEIGHT -> all.local("row weights", stages, rows, 1, Format.FP32);
    };
  }
}
