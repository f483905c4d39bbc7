package org.inferchip.mapping;

import java.util.List;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.Buffer;
import org.inferchip.program.TensorRef;

/** Tensors and buffers of a matrix product. Those that a program does not use are null. */
final class MatMulParts {
  final TensorRef input;
  final TensorRef weight;
  final TensorRef output;
  final TensorRef bias;
  final TensorRef workspace;
  final Buffer a;
  final Buffer b;
  final Buffer sums;
  final Buffer biasRow;

  /** A piece of a partial sum that is read back. */
  final Buffer part;

  /** The sum of partial sums of a piece. */
  final Buffer total;

  /** A piece of the result that waits to be stored. */
  final Buffer out;

  final List<TensorRef> tensors;
  final List<Buffer> buffers;

  MatMulParts(
      final MatMulGrid grid, final MatMulMapping mapping, final int reduceRows, final Homes homes) {
    final MatMul op = grid.op;
    final Format sum = op.accumulator();
    final boolean split = grid.splits > 1;
    final Tensors all = new Tensors(homes);
    input = all.read(TensorRef.Role.INPUT, op.m(), op.k(), op.activation());
    weight = all.weights((long) op.groups() * op.k(), op.n(), op.weight());
    output = all.written(TensorRef.Role.OUTPUT, op.m(), op.n(), op.output());
    bias = op.bias() ? all.stored(TensorRef.Role.BIAS, op.groups(), op.n(), op.output()) : null;
    workspace =
        split
            ? all.workspace(TensorRef.Role.WORKSPACE, (long) grid.splits * op.m(), op.n(), sum)
            : null;
    a = all.local("a", mapping.stages(), grid.tileM, grid.tileK, op.activation());
    b = all.weightSlots("b", mapping.stages(), grid.tileK, grid.tileN, op.weight());
    sums = all.accumulator("acc", mapping.accumulators(), grid.tileM, grid.tileN, sum);
    biasRow = op.bias() ? all.local("bias", 1, 1, grid.tileN, op.output()) : null;
    part = split ? all.local("part", 2, reduceRows, grid.tileN, sum) : null;
    total = split ? all.local("sum", 1, reduceRows, grid.tileN, sum) : null;
    final boolean converts = op.bias() || op.output() != sum;
    final int outRows = split ? reduceRows : Pieces.rowsFor(grid.tileM, grid.tileN, op.output());
    out = converts ? all.local("out", 2, outRows, grid.tileN, op.output()) : null;
    tensors = all.tensors();
    buffers = all.buffers();
  }
}
