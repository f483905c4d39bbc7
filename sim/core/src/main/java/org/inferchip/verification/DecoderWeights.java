package org.inferchip.verification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arithmetic.ArrayTensor;
import org.inferchip.arithmetic.Tensor;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.Numbers;
import org.inferchip.numerics.Format;
import org.inferchip.verification.Checkpoint.Part;

/**
 * The weights of a checkpoint under the names of the lowering: matrices turned to inputs x outputs,
 * and those that the lowering fuses side by side.
 */
final class DecoderWeights {
  private final Numbers numbers;
  private final Map<String, Tensor> outer = new HashMap<>();
  private final List<Map<String, Tensor>> layers = new ArrayList<>();

  DecoderWeights(final Checkpoint model, final Numbers numbers) {
    this.numbers = numbers;
    final int dim = model.dim;
    outer.put("embedding", tensor(model.embedding(), model.vocabulary, dim));
    outer.put("lm_head", beside(numbers.weight("lm_head"), dim, model.classifier()));
    outer.put("first_norm", vector(model.tensor(Part.FIRST_NORM, 0)));
    for (int layer = 0; layer < model.layers; layer++) {
      final boolean last = layer == model.layers - 1;
      final Map<String, Tensor> own = new HashMap<>();
      own.put(
          "qkv_proj",
          beside(
              numbers.weights(),
              dim,
              model.tensor(Part.WQ, layer),
              model.tensor(Part.WK, layer),
              model.tensor(Part.WV, layer)));
      own.put("o_proj", beside(numbers.weights(), dim, model.tensor(Part.WO, layer)));
      own.put("middle_norm", vector(model.tensor(Part.SECOND_NORM, layer)));
      own.put(
          "gate_up_proj",
          beside(
              numbers.weights(), dim, model.tensor(Part.W1, layer), model.tensor(Part.W3, layer)));
      own.put("down_proj", beside(numbers.weights(), model.hidden, model.tensor(Part.W2, layer)));
      own.put(
          LoweredStep.NEXT_NORM,
          vector(last ? model.finalNorm() : model.tensor(Part.FIRST_NORM, layer + 1)));
      layers.add(own);
    }
  }

  /** A weight of a layer, or of none of them; null if there is none of that name. */
  Tensor find(final String name, final int layer) {
    final Tensor own = layer < 0 ? null : layers.get(layer).get(name);
    return own == null ? outer.get(name) : own;
  }

  private Tensor tensor(final float[] values, final int rows, final int cols) {
    return ArrayTensor.of(values, rows, cols, numbers.activations());
  }

  private Tensor vector(final float[] values) {
    return tensor(values, 1, values.length);
  }

  /** Matrices with one row an output, as inputs x outputs, one beside the other. */
  private static Tensor beside(final Format format, final int inputs, final float[]... matrices) {
    int cols = 0;
    for (final float[] matrix : matrices) {
      cols += matrix.length / inputs;
    }
    final float[] out = new float[inputs * cols];
    int first = 0;
    for (final float[] matrix : matrices) {
      final int outputs = matrix.length / inputs;
      for (int o = 0; o < outputs; o++) {
        for (int i = 0; i < inputs; i++) {
          out[i * cols + first + o] = matrix[o * inputs + i];
        }
      }
      first += outputs;
    }
    return ArrayTensor.of(out, inputs, cols, format);
  }
}
