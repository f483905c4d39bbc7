package org.inferchip.arithmetic;

import java.util.Random;
import org.inferchip.numerics.BlockFormat;
import org.inferchip.numerics.CounterGenerator;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Operands;
import org.inferchip.program.TensorRef.Role;

/**
 * Tensors of an operator at any scale: inputs from the counter-based generator, results undefined.
 *
 * <p>Deviations are chosen so that no format overflows and that attention scores spread over
 * several units, which moves the running maximum: activations 1, weights of a product 1 / sqrt(k)
 * (1 for 8-bit floats, whose narrow range would lose them), queries 2.
 */
public final class SyntheticTensors {
  private static final int POSITIONS = 4096;

  private final Operator operator;
  private final CounterGenerator generator;
  private final Random random;

  private SyntheticTensors(final Operator operator, final long seed) {
    this.operator = operator;
    generator = new CounterGenerator(seed);
    random = new Random(seed);
  }

  /** The tensors of an operator, a function of operator and seed alone. */
  public static TensorStore of(final Operator operator, final long seed) {
    return new SyntheticTensors(operator, seed).build();
  }

  private TensorStore build() {
    final TensorStore store = new TensorStore();
    for (final Operands.Shape shape : Operands.of(operator)) {
      store.bind(shape.role(), tensor(shape));
    }
    if (operator instanceof Attention attention && attention.valuesInKeys()) {
      final Tensor keys = store.get(Role.KEY);
      store.bind(Role.VALUE, new TensorView(keys, 0, 0, keys.rows(), attention.valueDim()));
    }
    return store;
  }

  private Tensor tensor(final Operands.Shape shape) {
    final int cols = Math.toIntExact(shape.cols());
    return switch (shape.role()) {
      case OUTPUT, SUM -> new SparseTensor(shape.rows(), cols, shape.format());
      case INDEX -> indices(Math.toIntExact(shape.rows()));
      default ->
          BlockFormat.of(shape.format())
              .<Tensor>map(blocks -> blockwise(shape, blocks))
              .orElseGet(() -> generated(shape, shape.format()));
    };
  }

  private GeneratedTensor generated(final Operands.Shape shape, final Format format) {
    final int cols = Math.toIntExact(shape.cols());
    return new GeneratedTensor(
        generator, shape.role().ordinal(), shape.rows(), cols, format, deviation(shape));
  }

  private BlockTensor blockwise(final Operands.Shape shape, final BlockFormat blocks) {
    final boolean weights = operator instanceof MatMul && shape.role() == Role.WEIGHT;
    return new BlockTensor(
        generated(shape, Format.FP32),
        shape.format(),
        blocks.forLargest(GeneratedTensor.LARGEST * deviation(shape)),
        weights ? ((MatMul) operator).k() : 0);
  }

  private float deviation(final Operands.Shape shape) {
    if (operator instanceof MatMul product && shape.role() == Role.WEIGHT) {
      final boolean narrow = shape.format() == Format.FP8_E4M3 || shape.format() == Format.FP8_E5M2;
      return narrow ? 1f : (float) (1 / Math.sqrt(product.k()));
    }
    return operator instanceof Attention && shape.role() == Role.INPUT ? 2f : 1f;
  }

  private Tensor indices(final int count) {
    final Elementwise op = (Elementwise) operator;
    final int each = Math.max(1, op.parameter());
    return ArrayTensor.indices(
        switch (op.kind()) {
          case ROPE -> random.ints(count, 0, POSITIONS).toArray();
          case EMBEDDING -> random.ints(count, 0, each).toArray();
          case KV_WRITE -> distinct(count, Math.max(count, each));
          case PERMUTE -> distinct(count, op.parameter() > 0 ? op.parameter() : count);
          default -> distinct(count, count);
        });
  }

  /** So many of the integers below a limit: distinct ones where there are enough. */
  private int[] distinct(final int count, final int limit) {
    final int[] all = new int[limit];
    for (int i = 0; i < limit; i++) {
      final int j = random.nextInt(i + 1);
      all[i] = all[j];
      all[j] = i;
    }
    final int[] out = new int[count];
    for (int i = 0; i < count; i++) {
      out[i] = all[i % limit];
    }
    return out;
  }
}
