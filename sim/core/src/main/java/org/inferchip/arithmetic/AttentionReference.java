package org.inferchip.arithmetic;

import org.inferchip.numerics.ErrorBounds;
import org.inferchip.numerics.Format;
import org.inferchip.numerics.MacRule;
import org.inferchip.operator.Attention;
import org.inferchip.program.TensorRef.Role;

/**
 * Attention in float64: scores, their softmax with the true maximum, weighted values.
 *
 * <p>Bound, to first order kept as an exponential, with u the roundoff of fp32: each exponent is
 * off by at most {@code gamma(d) sum |q||k| / sqrt(d) + 4u |s| + u range + 2u}; every rise of the
 * running maximum adds three roundings and one exponential to what was summed before, on both
 * levels of a split; an exponential is off by the share that its method has (four roundings in
 * full); numerator and denominator are sums of n terms; probabilities are rounded to the activation
 * format. The bound is a share of the weighted sum of |v|.
 */
final class AttentionReference implements Reference {
  private static final double U = ErrorBounds.unitRoundoff(Format.FP32);

  private final Attention op;
  private final Tensor query;
  private final Tensor key;
  private final Tensor value;
  private final MacRule rule;
  private final double scale;
  private final double exponential;
  private int loadedSequence = -1;
  private int loadedHead = -1;
  private boolean loadedExact;
  private double[][] keys;
  private double[][] values;

  /**
   * A reference.
   *
   * @param exponential relative error of the softmax's exponentials
   */
  AttentionReference(
      final Attention op, final TensorStore store, final MacRule rule, final double exponential) {
    this.exponential = exponential;
    this.op = op;
    this.rule = rule;
    query = store.get(Role.INPUT);
    key = store.get(Role.KEY);
    value = store.get(Role.VALUE);
    scale = 1 / Math.sqrt(op.headDim());
  }

  @Override
  public void compute(
      final OutputRegion block,
      final boolean exact,
      final double[][] result,
      final double[][] bound) {
    final int width = op.valueDim();
    final int firstHead = block.col() / width;
    final int endHead = (block.col() + block.cols() + width - 1) / width;
    for (int kvHead = firstHead / op.groupSize(); kvHead * op.groupSize() < endHead; kvHead++) {
      int queryRow = 0;
      int keyRow = 0;
      for (int s = 0; s < op.sequences().size(); s++) {
        final Attention.Sequence sequence = op.sequences().get(s);
        final int from = Math.max(block.row(), queryRow);
        final int to = Math.min(block.row() + block.rows(), queryRow + sequence.queries());
        if (from < to) {
          load(s, kvHead, keyRow, sequence.context(), exact);
        }
        for (int row = from; row < to; row++) {
          final int position = sequence.context() - sequence.queries() + row - queryRow;
          final int low = Math.max(firstHead, kvHead * op.groupSize());
          final int high = Math.min(endHead, (kvHead + 1) * op.groupSize());
          for (int head = low; head < high; head++) {
            final double[][] out = head(row, head, position, exact);
            copy(
                out,
                head * width - block.col(),
                result[row - block.row()],
                bound[row - block.row()]);
          }
        }
        queryRow += sequence.queries();
        keyRow += sequence.context();
      }
    }
  }

  private static void copy(
      final double[][] out, final int column, final double[] result, final double[] bound) {
    for (int c = 0; c < out[0].length; c++) {
      if (column + c >= 0 && column + c < result.length) {
        result[column + c] = out[0][c];
        bound[column + c] = out[1][c];
      }
    }
  }

  private void load(
      final int sequence, final int kvHead, final int row, final int count, final boolean exact) {
    if (loadedSequence == sequence && loadedHead == kvHead && loadedExact == exact) {
      return;
    }
    loadedSequence = sequence;
    loadedHead = kvHead;
    loadedExact = exact;
    keys = new double[count][];
    values = new double[count][];
    for (int j = 0; j < count; j++) {
      keys[j] = Reference.read(key, row + j, kvHead * op.headDim(), op.headDim(), exact);
      values[j] = Reference.read(value, row + j, kvHead * op.valueDim(), op.valueDim(), exact);
    }
  }

  /** Result and bound of one head of one query. */
  private double[][] head(final int row, final int head, final int position, final boolean exact) {
    final double[] q = Reference.read(query, row, head * op.headDim(), op.headDim(), exact);
    final int end = op.causal() ? position + 1 : keys.length;
    final int window = op.causal() ? op.window() : 0;
    final int first = window > 0 ? Math.max(0, end - window) : 0;
    final double[] scores = new double[end - first];
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    double slack = 0;
    int rises = 0;
    for (int j = first; j < end; j++) {
      if (!op.sees(position, j)) {
        scores[j - first] = Double.NEGATIVE_INFINITY;
        continue;
      }
      double sum = 0;
      double magnitude = 0;
      for (int i = 0; i < q.length; i++) {
        sum += q[i] * keys[j][i];
        magnitude += Math.abs(q[i] * keys[j][i]);
      }
      final double score = sum * scale;
      scores[j - first] = score;
      rises += score > max ? 1 : 0;
      max = Math.max(max, score);
      min = Math.min(min, score);
      final double dot = ErrorBounds.dotFactor(rule, q.length) * magnitude * scale;
      slack = Math.max(slack, dot + 4 * U * Math.abs(score));
    }
    final double range = max - min + 2 * slack;
    return weigh(scores, first, max, 2 * (slack + U * range + 2 * U), rises, range);
  }

  private double[][] weigh(
      final double[] scores,
      final int first,
      final double max,
      final double slack,
      final int rises,
      final double range) {
    final double[] out = new double[op.valueDim()];
    final double[] magnitude = new double[op.valueDim()];
    final double[] sum = new double[op.valueDim()];
    double total = 0;
    for (int j = 0; j < scores.length; j++) {
      final double p = StrictMath.exp(scores[j] - max);
      total += p;
      final double[] v = values[first + j];
      for (int c = 0; c < out.length; c++) {
        out[c] += p * v[c];
        magnitude[c] += p * Math.abs(v[c]);
        sum[c] += Math.abs(v[c]);
      }
    }
    final double rescales = 2 * (rises + 2) * (U + exponential) + 2 * U * range;
    final double sums = ErrorBounds.dotFactor(rule, scores.length + 4) + (scores.length + 4) * U;
    final double probability = ErrorBounds.unitRoundoff(op.activation());
    final double share =
        StrictMath.expm1(slack + 2 * rescales + 2 * sums + probability + 2 * exponential);
    final double small = ErrorBounds.underflow(op.activation()) + 0x1p-140;
    for (int c = 0; c < out.length; c++) {
      out[c] /= total;
      magnitude[c] = share * magnitude[c] / total + 2 * small * sum[c] / total;
    }
    return new double[][] {out, magnitude};
  }
}
