package org.inferchip.audit;

import java.util.Arrays;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.operator.Attention;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.MatOp;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef.Role;

/** What matrix tasks leave in their accumulators. */
final class MultiplyRule {
  private final Findings findings;
  private final MatMul matMul;
  private final int[] firstRow;
  private final AttentionShape attention;

  MultiplyRule(final Operator operator, final Findings findings) {
    this.findings = findings;
    matMul = operator instanceof MatMul op ? op : null;
    attention = operator instanceof Attention op ? new AttentionShape(op) : null;
    firstRow = matMul == null ? null : MatMulOutput.firstRows(matMul);
  }

  /**
   * The accumulator after a step.
   *
   * @param before what it held; null on the first step
   */
  Content result(final Task task, final Content a, final Content b, final Content before) {
    if (task.matOp != MatOp.RESCALE_AB && a instanceof AttentionContent.Probabilities) {
      return wrong(Kind.RESCALE, task, "multiplies probabilities without rescaling the sum before");
    }
    final int wide = task.matOp == MatOp.RESCALE_AB ? task.k + 1 : task.k;
    final boolean transposed = task.matOp == MatOp.ABT;
    final Content left = Shapes.whole(a, task.m, wide, findings);
    final Content right =
        Shapes.whole(b, transposed ? task.n : task.k, transposed ? task.k : task.n, findings);
    if (left instanceof Content.Unknown
        || right instanceof Content.Unknown
        || before instanceof Content.Unknown) {
      return new Content.Unknown(task.m, task.n);
    }
    if (right instanceof Content.Loaded weight && weight.index() < 0) {
      if (matMul != null && task.matOp == MatOp.AB && left instanceof Content.Loaded input) {
        return product(task, input, weight, before);
      }
      if (attention != null && task.matOp == MatOp.ABT) {
        return scores(task, left, weight, before);
      }
      if (attention != null && left instanceof AttentionContent.Probabilities probabilities) {
        return weighted(task, probabilities, weight, before);
      }
    }
    return wrong(
        Kind.OPERAND_MISMATCH,
        task,
        task.matOp + " of " + Shapes.words(left) + " and " + Shapes.words(right));
  }

  private Content wrong(final Kind kind, final Task task, final String detail) {
    findings.add(kind, detail);
    return new Content.Unknown(task.m, task.n);
  }

  private Content product(
      final Task task, final Content.Loaded a, final Content.Loaded w, final Content before) {
    final int at = Arrays.binarySearch(firstRow, a.row());
    final int group = at >= 0 ? at : -at - 2;
    final boolean belongs =
        a.role() == Role.INPUT
            && w.role() == Role.WEIGHT
            && a.index() < 0
            && a.row() + a.rows() <= firstRow[group + 1]
            && w.row() == group * matMul.k() + a.col();
    if (!belongs) {
      return wrong(Kind.OPERAND_MISMATCH, task, "multiplies " + a + " and " + w);
    }
    final int k = a.col();
    if (before == null) {
      return new Content.Product(a.row(), w.col(), task.m, task.n, Ranges.of(k, k + task.k));
    }
    if (!(before instanceof Content.Product sum)
        || sum.row() != a.row()
        || sum.col() != w.col()
        || sum.rows() != task.m
        || sum.cols() != task.n) {
      return wrong(
          Kind.OPERAND_MISMATCH,
          task,
          "adds rows of " + a + " and columns of " + w + " to " + before);
    }
    final Ranges ranges = add(sum.reduced(), k, k + task.k);
    return new Content.Product(sum.row(), sum.col(), task.m, task.n, ranges);
  }

  private Ranges add(final Ranges sum, final int from, final int to) {
    if (sum.overlaps(from, to)) {
      findings.add(
          Kind.REPEATED_PARTIAL_SUM, "adds " + from + ".." + (to - 1) + " to a sum of " + sum);
    }
    return sum.plus(from, to);
  }

  private Content scores(
      final Task task, final Content left, final Content.Loaded keys, final Content before) {
    final Attention op = attention.op;
    final Content.Loaded q =
        left instanceof Content.Viewed view
            ? view.loaded()
            : left instanceof Content.Loaded loaded ? loaded : null;
    final int sequence = attention.sequenceOfKeys(keys.row(), keys.rows());
    if (q == null || q.role() != Role.INPUT || q.index() >= 0 || keys.role() != Role.KEY) {
      return wrong(Kind.OPERAND_MISMATCH, task, "scores of " + left + " and " + keys);
    }
    final int heads = q.cols() == task.k ? 1 : q.cols() / op.headDim();
    final int head = q.col() / op.headDim();
    final int dim = q.col() % op.headDim();
    final boolean belongs =
        sequence >= 0
            && sequence == attention.sequenceOfQueries(q.row(), q.rows())
            && dim + task.k <= op.headDim()
            && (heads == 1 || dim == 0 && task.k == op.headDim())
            && keys.col() % op.headDim() == dim
            && attention.share(head, heads, keys.col() / op.headDim());
    if (!belongs) {
      return wrong(Kind.OPERAND_MISMATCH, task, "scores of " + q + " and " + keys);
    }
    final Queries queries = new Queries(q.row(), q.rows(), head, heads);
    final int key = keys.row() - attention.firstKey(sequence);
    if (before == null) {
      return new AttentionContent.Scores(queries, key, task.n, Ranges.of(dim, dim + task.k));
    }
    if (!(before instanceof AttentionContent.Scores s)
        || !s.queries().equals(queries)
        || s.key() != key
        || s.cols() != task.n) {
      return wrong(Kind.OPERAND_MISMATCH, task, "adds scores of " + q + " to " + before);
    }
    return new AttentionContent.Scores(queries, key, task.n, add(s.dims(), dim, dim + task.k));
  }

  private Content weighted(
      final Task task,
      final AttentionContent.Probabilities p,
      final Content.Loaded values,
      final Content before) {
    final int width = attention.op.valueDim();
    final int col = values.col() % width;
    final int sequence = attention.sequenceOfQueries(p.queries().token(), p.queries().tokens());
    final boolean belongs =
        values.role() == Role.VALUE
            && sequence == attention.sequenceOfKeys(values.row(), values.rows())
            && values.row() == attention.firstKey(sequence) + p.key()
            && values.rows() == p.keys()
            && col + task.n <= width
            && attention.share(p.queries().head(), p.queries().heads(), values.col() / width);
    if (!belongs) {
      return wrong(Kind.OPERAND_MISMATCH, task, "weights " + values + " by " + p);
    }
    final int last = p.key() + p.keys();
    if (before == null) {
      return sum(p, col, task.n, Ranges.of(p.key(), last));
    }
    if (!(before instanceof AttentionContent.Weighted o)
        || o.softmax() != p.softmax()
        || !o.queries().equals(p.queries())
        || o.col() != col
        || o.width() != task.n) {
      return wrong(Kind.OPERAND_MISMATCH, task, "adds values weighted by " + p + " to " + before);
    }
    if (o.version() != p.version() - 1) {
      return wrong(
          Kind.RESCALE,
          task,
          "adds step " + p.version() + " to a sum rescaled up to step " + o.version());
    }
    return sum(p, col, task.n, add(o.keys(), p.key(), last));
  }

  private static Content sum(
      final AttentionContent.Probabilities p, final int col, final int width, final Ranges keys) {
    return new AttentionContent.Weighted(
        p.queries(), col, width, keys, p.softmax(), p.version(), false, width);
  }
}
