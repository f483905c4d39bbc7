package org.inferchip.audit;

import org.inferchip.audit.Content.Applied;
import org.inferchip.audit.Content.Unknown;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.Operator;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef.Role;

/** What vector tasks leave in their slots. */
final class VectorRule {
  private final Operator operator;
  private final Findings findings;
  private final SoftmaxRule softmax;
  private Content result;
  private Content statistics;

  VectorRule(final Operator operator, final Findings findings) {
    this.operator = operator;
    this.findings = findings;
    softmax =
        operator instanceof Attention op ? new SoftmaxRule(new AttentionShape(op), findings) : null;
  }

  /** What the last task left in {@link Task#to}. */
  Content result() {
    return result;
  }

  /** What the last task left in {@link Task#accumulator}. */
  Content statistics() {
    return statistics;
  }

  /**
   * Does a task.
   *
   * @param before what {@code to} held, if the task adds to it; else null
   * @param statisticsBefore what the accumulator held; null if there is none, or on the first step
   */
  void apply(
      final Task task,
      final Content a,
      final Content b,
      final Content c,
      final Content before,
      final Content statisticsBefore) {
    statistics = new Unknown(task.m, 2);
    final Content left = Shapes.rows(a, task.row, task.m, task.n, findings);
    if (left instanceof Unknown
        || b instanceof Unknown
        || c instanceof Unknown
        || before instanceof Unknown
        || statisticsBefore instanceof Unknown) {
      result = new Unknown(task.m, task.n);
      return;
    }
    switch (task.vectorOp) {
      case CONVERT -> result = left;
      case ADD ->
          result = Sums.add(left, Shapes.whole(b, task.m, task.n, findings), operator, findings);
      case ACCUMULATE ->
          result = before == null ? left : Sums.add(before, left, operator, findings);
      case SOFTMAX_STEP, NORMALISE, MERGE -> attention(task, left, b, before, statisticsBefore);
      case ARGMAX -> result = largest(task, left, before);
      case WEIGHTED_ADD -> result = combined(task, left, b, before);
      case ADD_ROW, RMS_NORM -> result = applied(task, left, row(task, b), null);
      case LAYER_NORM -> result = applied(task, left, row(task, b), row(task, c));
      case ROPE -> result = applied(task, left, Shapes.whole(b, task.m, 1, findings), null);
      case SILU_MUL, GELU_MUL ->
          result = applied(task, left, Shapes.whole(b, task.m, task.n, findings), null);
      default -> result = applied(task, left, null, null);
    }
  }

  private Content row(final Task task, final Content slot) {
    return Shapes.whole(slot, 1, task.n, findings);
  }

  private Content applied(final Task task, final Content a, final Content b, final Content c) {
    if (b instanceof Unknown || c instanceof Unknown) {
      return new Unknown(task.m, task.n);
    }
    final int wide = task.vectorOp == org.inferchip.program.VectorOp.TOP_K ? 2 * task.arg0 : task.n;
    return new Applied(task.vectorOp, task.arg0, a, b, c, task.m, wide);
  }

  private void attention(
      final Task task,
      final Content a,
      final Content b,
      final Content before,
      final Content statisticsBefore) {
    if (softmax == null) {
      result = wrong(task, task.vectorOp + " outside attention");
      return;
    }
    softmax.apply(task, a, b, before, statisticsBefore);
    result = softmax.result();
    statistics = softmax.statistics();
  }

  private Content wrong(final Task task, final String detail) {
    findings.add(Kind.OPERAND_MISMATCH, detail);
    return new Unknown(task.m, task.n);
  }

  private Content largest(final Task task, final Content a, final Content before) {
    if (!(a instanceof Content.Loaded input)
        || input.role() != Role.INPUT
        || input.index() >= 0
        || input.col() != task.arg0) {
      return wrong(task, "largest of " + a + ", said to start at column " + task.arg0);
    }
    final int to = input.col() + input.cols();
    if (before == null) {
      return new Content.Largest(input.row(), task.m, Ranges.of(input.col(), to));
    }
    if (!(before instanceof Content.Largest largest)
        || largest.row() != input.row()
        || largest.rows() != task.m) {
      return wrong(task, "largest of " + a + " and " + before);
    }
    return new Content.Largest(input.row(), task.m, largest.seen().plus(input.col(), to));
  }

  private Content combined(
      final Task task, final Content a, final Content b, final Content before) {
    final Content weights = Shapes.whole(b, task.m, 1, findings);
    if (!(operator instanceof Elementwise op)
        || !(a instanceof Content.Loaded input)
        || !(weights instanceof Content.Loaded weight)
        || input.role() != Role.INPUT
        || input.index() < 0
        || !weight.is(Role.OTHER, input.row() % op.rows(), input.row() / op.rows(), task.m, 1)) {
      return wrong(task, "weights " + a + " by " + weights);
    }
    final int choice = input.row() / op.rows();
    final int row = input.row() % op.rows();
    if (before == null) {
      return new Content.Combined(row, input.col(), task.m, task.n, Ranges.of(choice, choice + 1));
    }
    if (!(before instanceof Content.Combined sum)
        || sum.row() != row
        || sum.col() != input.col()
        || sum.rows() != task.m
        || sum.cols() != task.n) {
      return wrong(task, "adds " + a + " to " + before);
    }
    if (sum.choices().overlaps(choice, choice + 1)) {
      findings.add(Kind.REPEATED_PARTIAL_SUM, "adds expert " + choice + " of each row again");
    }
    return new Content.Combined(
        row, input.col(), task.m, task.n, sum.choices().plus(choice, choice + 1));
  }
}
