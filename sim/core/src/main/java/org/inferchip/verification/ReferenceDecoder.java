package org.inferchip.verification;

import java.util.Arrays;
import org.inferchip.verification.Checkpoint.Part;

/**
 * The decoder of a {@link Checkpoint} in plain float64 loops, one token after the other: what the
 * decoder through tile programs must agree with. It shares no code with it.
 */
final class ReferenceDecoder {
  private static final double EPSILON = 1e-5;
  private static final double THETA = 10000;

  private final Checkpoint model;
  private final double[] embedding;
  private final double[] classifier;
  private final double[] finalNorm;
  private final double[][][] weights;
  private final double[][][] keys;
  private final double[][][] values;
  private int position;

  ReferenceDecoder(final Checkpoint model) {
    this.model = model;
    embedding = widen(model.embedding());
    classifier = widen(model.classifier());
    finalNorm = widen(model.finalNorm());
    weights = new double[model.layers][Part.values().length][];
    for (int layer = 0; layer < model.layers; layer++) {
      for (final Part part : Part.values()) {
        weights[layer][part.ordinal()] = widen(model.tensor(part, layer));
      }
    }
    keys = new double[model.layers][model.positions][];
    values = new double[model.layers][model.positions][];
  }

  private static double[] widen(final float[] values) {
    final double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  /** The most likely token after this one, which stands at the next position. */
  int next(final int token) {
    double[] x = Arrays.copyOfRange(embedding, token * model.dim, (token + 1) * model.dim);
    for (int layer = 0; layer < model.layers; layer++) {
      x = add(x, attention(layer, norm(x, weight(layer, Part.FIRST_NORM))));
      x = add(x, feedForward(layer, norm(x, weight(layer, Part.SECOND_NORM))));
    }
    position++;
    final double[] logits = multiply(classifier, norm(x, finalNorm), model.vocabulary);
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  private double[] weight(final int layer, final Part part) {
    return weights[layer][part.ordinal()];
  }

  private static double[] add(final double[] a, final double[] b) {
    final double[] out = a.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] += b[i];
    }
    return out;
  }

  private static double[] norm(final double[] x, final double[] weight) {
    double squares = 0;
    for (final double value : x) {
      squares += value * value;
    }
    final double scale = 1 / Math.sqrt(squares / x.length + EPSILON);
    final double[] out = new double[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = x[i] * scale * weight[i];
    }
    return out;
  }

  private static double[] multiply(final double[] matrix, final double[] x, final int rows) {
    final double[] out = new double[rows];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < x.length; c++) {
        out[r] += matrix[r * x.length + c] * x[c];
      }
    }
    return out;
  }

  private void rotate(final double[] x) {
    final int width = model.headDim();
    for (int i = 0; i < x.length; i += 2) {
      final double angle = position * StrictMath.pow(THETA, -(double) (i % width) / width);
      final double cos = StrictMath.cos(angle);
      final double sin = StrictMath.sin(angle);
      final double first = x[i];
      x[i] = first * cos - x[i + 1] * sin;
      x[i + 1] = first * sin + x[i + 1] * cos;
    }
  }

  private double[] attention(final int layer, final double[] x) {
    final double[] query = multiply(weight(layer, Part.WQ), x, model.dim);
    keys[layer][position] = multiply(weight(layer, Part.WK), x, model.kvDim());
    values[layer][position] = multiply(weight(layer, Part.WV), x, model.kvDim());
    rotate(query);
    rotate(keys[layer][position]);
    final double[] out = new double[model.dim];
    for (int head = 0; head < model.heads; head++) {
      attend(layer, head, query, out);
    }
    return multiply(weight(layer, Part.WO), out, model.dim);
  }

  private void attend(final int layer, final int head, final double[] query, final double[] out) {
    final int width = model.headDim();
    final int at = head * width;
    final int kvAt = head / (model.heads / model.kvHeads) * width;
    final double[] scores = new double[position + 1];
    double largest = Double.NEGATIVE_INFINITY;
    for (int t = 0; t <= position; t++) {
      for (int i = 0; i < width; i++) {
        scores[t] += query[at + i] * keys[layer][t][kvAt + i];
      }
      scores[t] /= Math.sqrt(width);
      largest = Math.max(largest, scores[t]);
    }
    double sum = 0;
    for (int t = 0; t <= position; t++) {
      scores[t] = StrictMath.exp(scores[t] - largest);
      sum += scores[t];
    }
    for (int t = 0; t <= position; t++) {
      for (int i = 0; i < width; i++) {
        out[at + i] += scores[t] / sum * values[layer][t][kvAt + i];
      }
    }
  }

  private double[] feedForward(final int layer, final double[] x) {
    final double[] gate = multiply(weight(layer, Part.W1), x, model.hidden);
    final double[] up = multiply(weight(layer, Part.W3), x, model.hidden);
    for (int i = 0; i < gate.length; i++) {
      gate[i] = gate[i] / (1 + StrictMath.exp(-gate[i])) * up[i];
    }
    return multiply(weight(layer, Part.W2), gate, model.dim);
  }
}
