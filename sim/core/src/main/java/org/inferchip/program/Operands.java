package org.inferchip.program;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.operator.Traffic;

/**
 * The tensors that an operator has, by role: rows, columns and format. One home for mapping (which
 * declares them), arithmetic (which makes them) and audit (which checks them). Workspaces and
 * statistics are a program's own and not listed.
 *
 * <ul>
 *   <li>MatMul: INPUT m x k, WEIGHT groups*k x n, BIAS groups x n, OUTPUT m x n.
 *   <li>Attention: INPUT (queries), KEY, VALUE, OUTPUT as {@link Attention} says.
 *   <li>Elementwise: INPUT rows x cols (gated: 2 cols, gate half first); OTHER (residual) rows x
 *       cols; WEIGHT and BIAS of norms 1 x cols; OUTPUT rows x cols; SUM rows x cols. {@code ROPE}
 *       has positions in INDEX rows x 1. {@code EMBEDDING}: WEIGHT is the table, INDEX the token
 *       ids. {@code KV_WRITE}: INDEX has each row's place in OUTPUT, which has as many rows as
 *       {@code parameter} says, at least {@code rows}. {@code PERMUTE}: INDEX has each output row's
 *       source, one of {@code parameter} rows (0: as many as the output). {@code COMBINE}: OUTPUT
 *       row i is the sum over j below parameter of INPUT row INDEX[j*rows+i] times OTHER[i, j].
 *       {@code ARGMAX}: OUTPUT rows x 2, column and value; {@code TOP_K}: OUTPUT rows x
 *       2*parameter, columns then weights.
 *   <li>Collective: row d of a tensor is device d's, on device d; the parts of a message, one for
 *       each device, are equal. {@code ALL_REDUCE}: INPUT and OUTPUT devices x elements. {@code
 *       ALL_GATHER}: INPUT devices x a part, OUTPUT devices x elements. {@code REDUCE_SCATTER}: the
 *       reverse. {@code ALL_TO_ALL}: INPUT and OUTPUT devices x elements; part s of row d of OUTPUT
 *       is part d of row s of INPUT; of unequal parts, INPUT and OUTPUT are all rows x width, each
 *       on the device that {@link org.inferchip.operator.Traffic} says. {@code SEND}: INPUT 1 x
 *       elements on device 0, OUTPUT 1 x elements on device 1.
 * </ul>
 */
public final class Operands {

  /**
   * One tensor.
   *
   * @param role what it is
   * @param rows rows
   * @param cols columns
   * @param format element format
   */
  public record Shape(TensorRef.Role role, long rows, long cols, Format format) {}

  private Operands() {}

  /** The tensors of an operator, inputs before outputs. */
  public static List<Shape> of(final Operator operator) {
    final List<Shape> shapes = new ArrayList<>();
    if (operator instanceof MatMul matMul) {
      addMatMul(matMul, shapes);
    } else if (operator instanceof Attention attention) {
      addAttention(attention, shapes);
    } else if (operator instanceof Elementwise elementwise) {
      addElementwise(elementwise, shapes);
    } else if (operator instanceof Collective collective) {
      addCollective(collective, shapes);
    }
    return List.copyOf(shapes);
  }

  private static void addMatMul(final MatMul op, final List<Shape> out) {
    out.add(new Shape(TensorRef.Role.INPUT, op.m(), op.k(), op.activation()));
    out.add(new Shape(TensorRef.Role.WEIGHT, (long) op.groups() * op.k(), op.n(), op.weight()));
    if (op.bias()) {
      out.add(new Shape(TensorRef.Role.BIAS, op.groups(), op.n(), op.output()));
    }
    out.add(new Shape(TensorRef.Role.OUTPUT, op.m(), op.n(), op.output()));
  }

  private static void addAttention(final Attention op, final List<Shape> out) {
    long keys = 0;
    for (final Attention.Sequence sequence : op.sequences()) {
      keys += sequence.context();
    }
    final long queries = op.queryRows();
    final Format cache = op.cache();
    out.add(
        new Shape(
            TensorRef.Role.INPUT, queries, (long) op.heads() * op.headDim(), op.activation()));
    out.add(new Shape(TensorRef.Role.KEY, keys, (long) op.kvHeads() * op.headDim(), cache));
    out.add(new Shape(TensorRef.Role.VALUE, keys, (long) op.kvHeads() * op.valueDim(), cache));
    out.add(
        new Shape(
            TensorRef.Role.OUTPUT, queries, (long) op.heads() * op.valueDim(), op.activation()));
  }

  private static void addElementwise(final Elementwise op, final List<Shape> out) {
    final long rows = op.rows();
    final long cols = op.cols();
    final int each = Math.max(1, op.parameter());
    final Format in = op.input();
    switch (op.kind()) {
      case EMBEDDING -> {
        out.add(new Shape(TensorRef.Role.WEIGHT, each, cols, in));
        out.add(index(rows));
      }
      case SILU_MUL, GELU_MUL -> out.add(new Shape(TensorRef.Role.INPUT, rows, 2 * cols, in));
      case COMBINE -> {
        out.add(new Shape(TensorRef.Role.INPUT, rows * each, cols, in));
        out.add(index(rows * each));
        out.add(new Shape(TensorRef.Role.OTHER, rows, each, Format.FP32));
      }
      case PERMUTE -> {
        final long sources = op.parameter() > 0 ? op.parameter() : rows;
        out.add(new Shape(TensorRef.Role.INPUT, sources, cols, in));
      }
      default -> out.add(new Shape(TensorRef.Role.INPUT, rows, cols, in));
    }
    switch (op.kind()) {
      case ADD, ADD_RMS_NORM, ADD_LAYER_NORM ->
          out.add(new Shape(TensorRef.Role.OTHER, rows, cols, in));
      case ROPE, KV_WRITE, PERMUTE -> out.add(index(rows));
      default -> {}
    }
    switch (op.kind()) {
      case RMS_NORM, ADD_RMS_NORM -> out.add(new Shape(TensorRef.Role.WEIGHT, 1, cols, in));
      case LAYER_NORM, ADD_LAYER_NORM -> {
        out.add(new Shape(TensorRef.Role.WEIGHT, 1, cols, in));
        out.add(new Shape(TensorRef.Role.BIAS, 1, cols, in));
      }
      default -> {}
    }
    switch (op.kind()) {
      case ARGMAX -> out.add(new Shape(TensorRef.Role.OUTPUT, rows, 2, Format.FP32));
      case TOP_K -> out.add(new Shape(TensorRef.Role.OUTPUT, rows, 2L * each, Format.FP32));
      case KV_WRITE ->
          out.add(new Shape(TensorRef.Role.OUTPUT, Math.max(rows, each), cols, op.output()));
      default -> out.add(new Shape(TensorRef.Role.OUTPUT, rows, cols, op.output()));
    }
    switch (op.kind()) {
      case ADD_RMS_NORM, ADD_LAYER_NORM ->
          out.add(new Shape(TensorRef.Role.SUM, rows, cols, op.output()));
      default -> {}
    }
  }

  private static Shape index(final long rows) {
    return new Shape(TensorRef.Role.INDEX, rows, 1, Format.INT32);
  }

  private static void addCollective(final Collective op, final List<Shape> out) {
    if (op.traffic().isPresent()) {
      final Traffic rows = op.traffic().get();
      out.add(new Shape(TensorRef.Role.INPUT, rows.total(), rows.width(), op.format()));
      out.add(new Shape(TensorRef.Role.OUTPUT, rows.total(), rows.width(), op.format()));
      return;
    }
    final boolean send = op.kind() == Collective.Kind.SEND;
    final long rows = send ? 1 : op.devices();
    final long elements = op.elements();
    final long part = (elements - 1) / op.devices() + 1;
    final long in = op.kind() == Collective.Kind.ALL_GATHER ? part : elements;
    final long result = op.kind() == Collective.Kind.REDUCE_SCATTER ? part : elements;
    out.add(new Shape(TensorRef.Role.INPUT, rows, in, op.format()));
    out.add(new Shape(TensorRef.Role.OUTPUT, rows, result, op.format()));
  }
}
