package org.inferchip.verification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.inferchip.arithmetic.ArrayTensor;
import org.inferchip.arithmetic.Execution;
import org.inferchip.arithmetic.MatrixRule;
import org.inferchip.arithmetic.SparseTensor;
import org.inferchip.arithmetic.Tensor;
import org.inferchip.arithmetic.TensorStore;
import org.inferchip.arithmetic.TensorView;
import org.inferchip.lowering.Call;
import org.inferchip.lowering.LayerBlock;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.Lowering;
import org.inferchip.lowering.Numbers;
import org.inferchip.lowering.Split;
import org.inferchip.lowering.StepShape;
import org.inferchip.lowering.View;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Operator;
import org.inferchip.program.Operands;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;

/**
 * A decoder whose every operator runs through a tile program: the calls of the lowering in their
 * order, each executed task by task on the values that the call before left. The cache grows behind
 * them. One sequence, one chip.
 */
final class Decoder {
  private final Model model;
  private final Numbers numbers;
  private final DecoderWeights weights;
  private final Function<Operator, TileProgram> programs;
  private final BiFunction<TileProgram, Integer, MatrixRule> rules;
  private final List<Tensor> caches = new ArrayList<>();
  private final Map<String, Tensor> values = new HashMap<>();
  private int position;

  /**
   * A decoder with an empty cache.
   *
   * @param format of weights, activations and cache (of analog weights, the other two are bf16);
   *     sums are fp32
   * @param programs the tile program of an operator
   * @param rules how the matrix unit of a program computes, in a layer (-1: around the layers)
   */
  Decoder(
      final Checkpoint checkpoint,
      final Format format,
      final Function<Operator, TileProgram> programs,
      final BiFunction<TileProgram, Integer, MatrixRule> rules) {
    model = checkpoint.model();
    numbers =
        format == Format.ANALOG
            ? new Numbers(
                format, Format.BF16, Format.BF16, Format.BF16, Format.FP32, Format.BF16, Map.of())
            : Numbers.of(format);
    weights = new DecoderWeights(checkpoint, numbers);
    this.programs = programs;
    this.rules = rules;
    for (int layer = 0; layer < checkpoint.layers; layer++) {
      caches.add(new SparseTensor(checkpoint.positions, 2 * checkpoint.kvDim(), numbers.cache()));
    }
  }

  /** The operators of the step that {@link #next} takes with so many tokens. */
  LoweredStep lower(final int tokens) {
    final int context = position + tokens;
    final StepShape shape =
        tokens == 1 ? StepShape.decode(1, context) : StepShape.prefill(tokens, context);
    return new Lowering(model, Split.NONE, numbers).lower(shape);
  }

  /** Takes tokens in one step; the most likely token after them. */
  int next(final List<Integer> tokens) {
    final LoweredStep step = lower(tokens.size());
    final int[] places = IntStream.range(position, position + tokens.size()).toArray();
    values.clear();
    values.put(
        LoweredStep.TOKENS,
        ArrayTensor.indices(tokens.stream().mapToInt(Integer::intValue).toArray()));
    values.put(LoweredStep.POSITIONS, ArrayTensor.indices(places));
    values.put(LoweredStep.SLOTS, ArrayTensor.indices(places));
    values.put(LoweredStep.SAMPLED, ArrayTensor.indices(tokens.size() - 1));
    step.prologue().forEach(call -> run(call, -1));
    for (int layer = 0; layer < model.numHiddenLayers(); layer++) {
      for (final LayerBlock block : step.blocks()) {
        if (block.layers().contains(layer)) {
          final int index = layer;
          block.calls().forEach(call -> run(call, index));
        }
      }
    }
    step.epilogue().forEach(call -> run(call, -1));
    position += tokens.size();
    final float[] best = new float[1];
    values.get(LoweredStep.NEXT_TOKENS).read(0, 0, 1, best, 0);
    return (int) best[0];
  }

  private void run(final Call call, final int layer) {
    final TensorStore store = new TensorStore();
    for (final Operands.Shape shape : Operands.of(call.operator())) {
      final View view = call.operands().get(shape.role());
      if (view == null) {
        throw new IllegalStateException(call.operator() + " has no " + shape.role());
      }
      store.bind(shape.role(), tensor(view, shape, layer));
    }
    final TileProgram program = programs.apply(call.operator());
    new Execution(program, store, rules.apply(program, layer)).whole(Execution.Order.ASCENDING);
  }

  private Tensor tensor(final View view, final Operands.Shape shape, final int layer) {
    final Tensor whole = whole(view, shape, layer);
    return view.cols() == 0
        ? whole
        : new TensorView(whole, 0, view.col(), whole.rows(), view.cols());
  }

  private Tensor whole(final View view, final Operands.Shape shape, final int layer) {
    if (view.value().equals(LoweredStep.CACHE)) {
      return caches.get(layer);
    }
    final Tensor weight = weights.find(view.value(), layer);
    if (weight != null) {
      return weight;
    }
    final boolean result = shape.role() == Role.OUTPUT || shape.role() == Role.SUM;
    if (result && !isKept(view, shape)) {
      values.put(
          view.value(),
          new SparseTensor(shape.rows(), Math.toIntExact(shape.cols()), shape.format()));
    }
    final Tensor value = values.get(view.value());
    if (value == null) {
      throw new IllegalStateException("nothing has written " + view.value());
    }
    return value;
  }

  /** Whether a result goes into a value that is there: some of its columns, or all of them. */
  private boolean isKept(final View view, final Operands.Shape shape) {
    final Tensor value = values.get(view.value());
    return value != null
        && (view.cols() > 0 || value.rows() == shape.rows() && value.cols() == shape.cols());
  }
}
