package org.inferchip.audit;

import java.util.Arrays;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.operator.MatMul;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.VectorOp;

/** C = A W (+ bias of the row's group), each element summed over the whole reduction once. */
final class MatMulOutput implements OutputRule {
  private final MatMul op;
  private final int[] firstRow;
  private final Findings findings;

  MatMulOutput(final MatMul op, final Findings findings) {
    this.op = op;
    this.findings = findings;
    firstRow = firstRows(op);
  }

  /** First row of each group, and the number of rows. */
  static int[] firstRows(final MatMul op) {
    final int[] first = new int[op.groups() + 1];
    for (int g = 0; g < op.groups(); g++) {
      first[g + 1] = first[g] + op.groupRows().get(g);
    }
    return first;
  }

  @Override
  public void check(final TensorRef tensor, final Task store, final Content content) {
    final Content sums = op.bias() ? withoutBias(store, content) : content;
    if (sums == null) {
      return;
    }
    if (!(sums instanceof Content.Product product)
        || product.row() != store.row
        || product.col() != store.col
        || store.index != Task.NONE) {
      findings.add(
          Kind.WRONG_OUTPUT, content + " is stored to row " + store.row + " column " + store.col);
    } else if (!product.reduced().is(0, op.k())) {
      findings.add(
          Kind.MISSING_PARTIAL_SUM,
          "stores a sum over " + product.reduced() + " of " + op.k() + " products");
    }
  }

  private Content withoutBias(final Task store, final Content content) {
    final int at = Arrays.binarySearch(firstRow, store.row);
    final int group = at >= 0 ? at : -at - 2;
    if (content instanceof Content.Applied biased
        && biased.op() == VectorOp.ADD_ROW
        && biased.b() instanceof Content.Loaded bias
        && bias.is(Role.BIAS, group, store.col, 1, store.n)
        && store.row + store.m <= firstRow[group + 1]) {
      return biased.a();
    }
    findings.add(Kind.WRONG_OUTPUT, "stores " + content + " without its bias");
    return null;
  }
}
