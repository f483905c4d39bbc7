package org.inferchip.audit;

import org.inferchip.audit.AttentionContent.Probabilities;
import org.inferchip.audit.AttentionContent.Scores;
import org.inferchip.audit.AttentionContent.Statistics;
import org.inferchip.audit.AttentionContent.Weighted;
import org.inferchip.audit.Content.Unknown;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.model.KeyBlocks;
import org.inferchip.program.Task;

/** The steps of the online softmax, its end, and the merge of several. */
final class SoftmaxRule {
  private final AttentionShape shape;
  private final Findings findings;
  private long started;
  private Content result;
  private Content statistics;

  SoftmaxRule(final AttentionShape shape, final Findings findings) {
    this.shape = shape;
    this.findings = findings;
  }

  Content result() {
    return result;
  }

  Content statistics() {
    return statistics;
  }

  void apply(
      final Task task,
      final Content a,
      final Content b,
      final Content before,
      final Content statisticsBefore) {
    result = new Unknown(task.m, task.n);
    statistics = new Unknown(task.m, 2);
    switch (task.vectorOp) {
      case SOFTMAX_STEP -> step(task, a, statisticsBefore);
      case NORMALISE -> normalise(task, a, b);
      default -> merge(task, a, b, before, statisticsBefore);
    }
  }

  private void step(final Task task, final Content a, final Content before) {
    if (!(a instanceof Scores scores)) {
      findings.add(Kind.OPERAND_MISMATCH, "softmax step of " + a);
      return;
    }
    if (!scores.dims().is(0, shape.op.headDim())) {
      findings.add(Kind.MISSING_PARTIAL_SUM, "scores over " + scores.dims() + " of the head only");
    }
    if (task.arg4 != shape.op.headDim()) {
      findings.add(Kind.OPERAND_MISMATCH, "scales by the root of " + task.arg4);
    }
    checkMask(task, scores);
    final int key = scores.key();
    final int end = key + scores.cols();
    final Statistics next;
    if (before == null) {
      next = new Statistics(scores.queries(), Ranges.of(key, end), ++started, 1, 2);
    } else if (before instanceof Statistics s && s.queries().equals(scores.queries())) {
      if (s.keys().overlaps(key, end)) {
        findings.add(
            Kind.REPEATED_PARTIAL_SUM,
            "sees keys " + key + ".." + (end - 1) + " after " + s.keys());
      }
      next = new Statistics(s.queries(), s.keys().plus(key, end), s.softmax(), s.version() + 1, 2);
    } else {
      findings.add(Kind.OPERAND_MISMATCH, "softmax step of " + a + " after " + before);
      return;
    }
    statistics = next;
    result =
        new Probabilities(scores.queries(), key, scores.cols(), next.softmax(), next.version());
  }

  /** Compares, token by token, the keys that the task's numbers let through with the operator's. */
  private void checkMask(final Task task, final Scores scores) {
    final Queries queries = scores.queries();
    final int sequence = shape.sequenceOfQueries(queries.token(), queries.tokens());
    final int first = shape.position(sequence, queries.token());
    final boolean grouped =
        queries.tokens() == 1 ? task.arg2 >= queries.heads() : task.arg2 == queries.heads();
    if (!grouped) {
      findings.add(Kind.MASK, queries.heads() + " rows a token, the task says " + task.arg2);
      return;
    }
    final int cols = scores.cols();
    final int size = shape.op.blocks().map(KeyBlocks::size).orElse(0);
    if (Math.max(0, -task.arg3) != size) {
      findings.add(Kind.MASK, "masks by blocks of " + -task.arg3 + " keys instead of " + size);
      return;
    }
    for (int i = 0; i < queries.tokens(); i++) {
      final int from = clamp(shape.seenFrom(first + i) - scores.key(), cols);
      final int to = clamp(shape.seenTo(sequence, first + i) - scores.key(), cols);
      final int at = task.arg0 + i - task.arg1;
      final int taskTo = task.arg0 < 0 ? cols : clamp(at + 1, cols);
      final int taskFrom = task.arg0 < 0 || task.arg3 <= 0 ? 0 : clamp(at - task.arg3 + 1, cols);
      final boolean nothing = from >= to && taskFrom >= taskTo;
      if (!nothing && (from != taskFrom || to != taskTo)) {
        findings.add(
            Kind.MASK,
            "query at position "
                + (first + i)
                + " must see "
                + Ranges.of(from, to)
                + " of the keys from "
                + scores.key()
                + " on, the task lets through "
                + Ranges.of(taskFrom, taskTo));
        return;
      }
    }
  }

  private static int clamp(final int value, final int most) {
    return Math.max(0, Math.min(value, most));
  }

  private void normalise(final Task task, final Content a, final Content b) {
    final Content rows = Shapes.rows(b, task.row, task.m, 2, findings);
    if (!(a instanceof Weighted sum) || !(rows instanceof Statistics s)) {
      findings.add(Kind.OPERAND_MISMATCH, "divides " + a + " by the sums of " + b);
      return;
    }
    if (!belongs(sum, s)) {
      return;
    }
    result =
        new Weighted(
            sum.queries(),
            sum.col(),
            sum.width(),
            sum.keys(),
            sum.softmax(),
            sum.version(),
            true,
            sum.cols());
  }

  private boolean belongs(final Weighted sum, final Statistics s) {
    if (sum.softmax() != s.softmax() || !sum.queries().equals(s.queries()) || sum.normalised()) {
      findings.add(Kind.OPERAND_MISMATCH, sum + " with the statistics " + s);
      return false;
    }
    if (sum.version() != s.version() || !sum.keys().equals(s.keys())) {
      findings.add(
          Kind.RESCALE,
          "a sum of step " + sum.version() + " with the statistics of step " + s.version());
      return false;
    }
    return true;
  }

  private void merge(
      final Task task,
      final Content a,
      final Content b,
      final Content before,
      final Content statisticsBefore) {
    final Content rows = Shapes.whole(b, task.m, 2, findings);
    if (!(a instanceof Weighted part) || !(rows instanceof Statistics s)) {
      findings.add(Kind.OPERAND_MISMATCH, "merges " + a + " with the statistics " + b);
      return;
    }
    if (!belongs(part, s)) {
      return;
    }
    Ranges keys = part.keys();
    long softmax = ++started;
    int version = 1;
    if (before != null) {
      if (!(before instanceof Weighted sum)
          || !(statisticsBefore instanceof Statistics t)
          || sum.softmax() != t.softmax()
          || sum.version() != t.version()
          || !sum.queries().equals(part.queries())
          || sum.col() != part.col()
          || sum.width() != part.width()) {
        findings.add(Kind.OPERAND_MISMATCH, "merges " + a + " into " + before);
        return;
      }
      if (sum.keys().overlaps(keys)) {
        findings.add(Kind.REPEATED_PARTIAL_SUM, "merges keys " + keys + " into " + sum.keys());
      }
      keys = sum.keys().plus(keys);
      softmax = sum.softmax();
      version = sum.version() + 1;
    }
    statistics = new Statistics(part.queries(), keys, softmax, version, 2);
    result =
        new Weighted(
            part.queries(),
            part.col(),
            part.width(),
            keys,
            softmax,
            version,
            task.step.fills(),
            part.cols());
  }
}
