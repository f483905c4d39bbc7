package org.inferchip.audit;

import org.inferchip.audit.Content.Contribution;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Traffic;
import org.inferchip.program.Operands;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Role;

/** What each device must get: see {@link Operands} for the tensors. */
final class CollectiveOutput implements OutputRule {
  private final Collective op;
  private final Findings findings;

  CollectiveOutput(final Collective op, final Findings findings) {
    this.op = op;
    this.findings = findings;
  }

  @Override
  public void check(final TensorRef tensor, final Task store, final Content content) {
    if (op.traffic().isPresent()) {
      checkRows(store, content, op.traffic().get());
      return;
    }
    if (store.m != 1 || store.index != Task.NONE) {
      findings.add(Kind.WRONG_OUTPUT, "stores several rows");
      return;
    }
    final int part = (int) ((op.elements() - 1) / op.devices() + 1);
    switch (op.kind()) {
      case ALL_REDUCE -> checkSum(store, content, store.col);
      case REDUCE_SCATTER -> checkSum(store, content, store.row * part + store.col);
      case SEND -> checkCopy(store, content, 0, store.col);
      case ALL_GATHER -> checkCopy(store, content, store.col / part, store.col % part);
      default -> checkCopy(store, content, store.col / part, store.row * part + store.col % part);
    }
  }

  /** Rows that came from one device, unchanged. */
  private void checkRows(final Task store, final Content content, final Traffic rows) {
    if (rows.together(store.row) < store.m
        || !(content instanceof final Content.Loaded loaded)
        || !loaded.is(Role.INPUT, rows.source(store.row), store.col, store.m, store.n)) {
      wrong(store, content);
    }
  }

  private void checkSum(final Task store, final Content content, final int from) {
    final Contribution sum = Sums.contribution(content, op);
    if (sum == null || sum.from() != from) {
      wrong(store, content);
    } else if (sum.devices().cardinality() != op.devices()) {
      findings.add(
          Kind.CONTRIBUTION, "stores the sum of devices " + sum.devices() + " of " + op.devices());
    }
  }

  private void checkCopy(final Task store, final Content content, final int row, final int col) {
    final Content.Loaded source =
        content instanceof Content.Viewed view
            ? view.loaded()
            : content instanceof Content.Loaded loaded ? loaded : null;
    if (source == null || !source.is(Role.INPUT, row, col, 1, store.n)) {
      wrong(store, content);
    }
  }

  private void wrong(final Task store, final Content content) {
    findings.add(
        Kind.WRONG_OUTPUT, content + " is stored to row " + store.row + " column " + store.col);
  }
}
