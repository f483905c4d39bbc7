package org.inferchip.audit;

import java.util.Optional;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.model.KeyBlocks;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;

/** Values weighted over every key that a query sees, divided by the sum of the weights. */
final class AttentionOutput implements OutputRule {
  private final AttentionShape shape;
  private final Findings findings;

  AttentionOutput(final AttentionShape shape, final Findings findings) {
    this.shape = shape;
    this.findings = findings;
  }

  @Override
  public void check(final TensorRef tensor, final Task store, final Content content) {
    if (!(content instanceof AttentionContent.Weighted o) || !isPlace(o, store)) {
      findings.add(
          Kind.WRONG_OUTPUT, content + " is stored to row " + store.row + " column " + store.col);
      return;
    }
    if (!o.normalised()) {
      findings.add(Kind.WRONG_OUTPUT, "stores values that are not divided by their sum");
    }
    final int tokens = o.queries().tokens();
    final int sequence = shape.sequenceOfQueries(o.queries().token(), tokens);
    final int first = shape.position(sequence, o.queries().token());
    final int to = shape.seenTo(sequence, first + tokens - 1);
    final Optional<KeyBlocks> blocks = shape.op.blocks();
    if (blocks.isEmpty()) {
      checkKeys(o, shape.seenFrom(first), to);
      return;
    }
    final int size = blocks.get().size();
    for (int block = 0; block * size < to; block++) {
      if (blocks.get().seesBlock(first / size, block)) {
        checkKeys(o, block * size, Math.min(to, (block + 1) * size));
      }
    }
  }

  private void checkKeys(final AttentionContent.Weighted o, final int from, final int to) {
    if (!o.keys().contains(from, to)) {
      findings.add(
          Kind.MISSING_PARTIAL_SUM,
          "stores values over keys " + o.keys() + " of " + Ranges.of(from, to));
    }
  }

  private boolean isPlace(final AttentionContent.Weighted o, final Task store) {
    final int width = shape.op.valueDim();
    final Queries queries = o.queries();
    return store.index == Task.NONE
        && store.row == queries.token()
        && store.m == queries.tokens()
        && store.col == queries.head() * width + o.col()
        && store.n == queries.heads() * o.width()
        && (queries.heads() == 1 || o.width() == width);
  }
}
