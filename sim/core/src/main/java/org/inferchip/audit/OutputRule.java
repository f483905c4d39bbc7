package org.inferchip.audit;

import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;

/** What an operator wants at each place of its results. */
interface OutputRule {
  /** Reports a tile that is not what belongs into the region that a task stores it to. */
  void check(TensorRef tensor, Task store, Content content);

  static OutputRule of(final Operator operator, final Findings findings) {
    if (operator instanceof MatMul op) {
      return new MatMulOutput(op, findings);
    }
    if (operator instanceof Attention op) {
      return new AttentionOutput(new AttentionShape(op), findings);
    }
    if (operator instanceof Elementwise op) {
      return new ElementwiseOutput(op, findings);
    }
    if (operator instanceof Collective op) {
      return new CollectiveOutput(op, findings);
    }
    throw new IllegalArgumentException("no audit of " + operator);
  }
}
