package org.inferchip.lowering;

import java.util.List;
import java.util.function.ObjIntConsumer;
import org.inferchip.operator.Operator;

/**
 * A step as operators, of one device of a tensor-parallel group.
 *
 * <p>Values that cross layers: {@link #RESIDUAL}, the residual stream; {@link #NORMED}, its norm,
 * the input of the next layer; {@link #TOKENS}, {@link #POSITIONS}, {@link #SLOTS} (rows of the
 * cache), {@link #SAMPLED} (rows that are sampled). {@link #CACHE} and weights are a layer's own:
 * weight {@code qkv_proj} of layer 3 is another tensor than that of layer 4. The norm at a layer's
 * end has the weights of the next layer's first norm, or of the final norm: {@link #NEXT_NORM}.
 *
 * @param prologue embedding and first norm
 * @param blocks layers
 * @param epilogue head and sampling
 * @param hops sends from stage to stage, one for each boundary
 */
public record LoweredStep(
    List<Call> prologue, List<LayerBlock> blocks, List<Call> epilogue, List<Call> hops) {

  /** The residual stream, tokens x hidden. */
  public static final String RESIDUAL = "residual";

  /** The normalised residual stream. */
  public static final String NORMED = "normed";

  /** Token ids, one a row. */
  public static final String TOKENS = "tokens";

  /** Positions, one a row. */
  public static final String POSITIONS = "positions";

  /** Cache row of each new token. */
  public static final String SLOTS = "slots";

  /** Row of each sampled token. */
  public static final String SAMPLED = "sampled";

  /** Keys and values of a layer: keys in the first half of the columns. */
  public static final String CACHE = "cache";

  /** Weights of the norm that ends a layer. */
  public static final String NEXT_NORM = "next_norm";

  /** Sampled token ids. */
  public static final String NEXT_TOKENS = "next_tokens";

  /** Name of the sum over devices. */
  public static final String ALL_REDUCE = "all_reduce";

  /** Name of the sum of which each device gets its part. */
  public static final String REDUCE_SCATTER = "reduce_scatter";

  /** Name of the exchange that brings tokens to their experts. */
  public static final String DISPATCH = "all_to_all_dispatch";

  /** Name of the exchange that brings them back. */
  public static final String RETURN = "all_to_all_combine";

  /** Name of a hop. */
  public static final String SEND = "send";

  /** Copies the lists. */
  public LoweredStep {
    prologue = List.copyOf(prologue);
    blocks = List.copyOf(blocks);
    epilogue = List.copyOf(epilogue);
    hops = List.copyOf(hops);
  }

  /** Every operator with how often it runs, in the order of its first run. */
  public void forEach(final ObjIntConsumer<Operator> consumer) {
    forEachCall((call, count) -> consumer.accept(call.operator(), count));
  }

  /** Every call with how often it runs, in the order of its first run. */
  public void forEachCall(final ObjIntConsumer<Call> consumer) {
    prologue.forEach(call -> consumer.accept(call, 1));
    forEachLayerCall(consumer);
    epilogue.forEach(call -> consumer.accept(call, 1));
    hops.forEach(call -> consumer.accept(call, 1));
  }

  /** Every call of the layers with how often it runs. */
  public void forEachLayerCall(final ObjIntConsumer<Call> consumer) {
    for (final LayerBlock block : blocks) {
      block.calls().forEach(call -> consumer.accept(call, block.repeat()));
    }
  }

  /** Multiply-accumulates of one device. */
  public long multiplyAccumulates() {
    final long[] sum = new long[1];
    forEach((operator, count) -> sum[0] += operator.multiplyAccumulates() * count);
    return sum[0];
  }
}
