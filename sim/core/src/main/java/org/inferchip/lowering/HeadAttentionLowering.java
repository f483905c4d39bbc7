package org.inferchip.lowering;

import static org.inferchip.lowering.LoweredStep.CACHE;
import static org.inferchip.lowering.LoweredStep.POSITIONS;
import static org.inferchip.lowering.LoweredStep.SLOTS;

import java.util.List;
import org.inferchip.model.Architecture;
import org.inferchip.model.LayerShape;
import org.inferchip.model.Model;
import org.inferchip.model.Position;
import org.inferchip.model.WeightMatrix;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.TensorRef.Role;

/**
 * Ordinary attention (MHA, GQA, MQA) of a layer. {@code qkv} has queries, keys, values side by
 * side; rotation works on the first two in place; keys and values go to the cache together.
 */
final class HeadAttentionLowering {
  private static final String QKV = "qkv";

  private final Model model;
  private final Numbers numbers;
  private final Emitter emitter;
  private final int heads;
  private final int kvHeads;

  HeadAttentionLowering(
      final Model model, final Split split, final Numbers numbers, final Emitter emitter) {
    this.model = model;
    this.numbers = numbers;
    this.emitter = emitter;
    this.heads = split.part(model.numAttentionHeads());
    this.kvHeads = split.part(model.numKeyValueHeads());
  }

  void add(final LayerShape shape, final StepShape step, final List<Call> calls) {
    final int tokens = step.tokens();
    final int queries = heads * model.headDim();
    final int keys = kvHeads * model.headDim();
    final WeightMatrix qkv = shape.matrix("qkv_proj");
    emitter.project(
        "qkv_proj",
        List.of(tokens),
        queries + 2 * keys,
        qkv.inputs(),
        qkv.bias(),
        View.of(LoweredStep.NORMED),
        View.of(QKV),
        calls);
    final View rotated = new View(QKV, 0, queries + keys);
    if (model.qkNorm()) {
      final Elementwise norm =
          emitter.elementwise(
              "qk_norm", Elementwise.Kind.RMS_NORM, tokens * (heads + kvHeads), model.headDim(), 0);
      calls.add(
          Call.of(norm)
              .with(Role.INPUT, rotated)
              .with(Role.WEIGHT, "qk_norm")
              .with(Role.OUTPUT, rotated)
              .call());
    }
    if (model.position() == Position.ROPE) {
      final Elementwise rope =
          emitter.elementwise(
              "rope", Elementwise.Kind.ROPE, tokens, queries + keys, model.headDim());
      calls.add(
          Call.of(rope)
              .with(Role.INPUT, rotated)
              .with(Role.INDEX, POSITIONS)
              .with(Role.OUTPUT, rotated)
              .call());
    }
    final boolean cached = model.architecture() == Architecture.DECODER;
    if (cached) {
      final Elementwise write =
          new Elementwise(
              "kv_write",
              Elementwise.Kind.KV_WRITE,
              tokens,
              2 * keys,
              0,
              numbers.activations(),
              numbers.cache());
      calls.add(
          Call.of(write)
              .with(Role.INPUT, new View(QKV, queries, 2 * keys))
              .with(Role.INDEX, SLOTS)
              .with(Role.OUTPUT, CACHE)
              .call());
    }
    attend("attention_prefill", step.prefill(), shape, cached, calls);
    attend("attention_decode", step.decode(), shape, cached, calls);
    final WeightMatrix out = shape.matrix("o_proj");
    emitter.project(
        "o_proj",
        List.of(tokens),
        out.outputs(),
        queries,
        out.bias(),
        View.of("attended"),
        View.of("attention_delta"),
        calls);
  }

  private void attend(
      final String name,
      final List<Attention.Sequence> sequences,
      final LayerShape shape,
      final boolean cached,
      final List<Call> calls) {
    if (sequences.isEmpty()) {
      return;
    }
    final int window = shape.window() == Integer.MAX_VALUE ? 0 : shape.window();
    final Attention attention =
        new Attention(
            name,
            sequences,
            heads,
            kvHeads,
            model.headDim(),
            model.headDim(),
            window,
            cached,
            numbers.activations(),
            cached ? numbers.cache() : numbers.activations(),
            shape.blocks(),
            Attention.Asked.NOTHING);
    final int queries = heads * model.headDim();
    final int keys = kvHeads * model.headDim();
    final View key = cached ? new View(CACHE, 0, keys) : new View(QKV, queries, keys);
    final View value = cached ? new View(CACHE, keys, keys) : new View(QKV, queries + keys, keys);
    calls.add(
        Call.of(attention)
            .with(Role.INPUT, new View(QKV, 0, queries))
            .with(Role.KEY, key)
            .with(Role.VALUE, value)
            .with(Role.OUTPUT, "attended")
            .call());
  }
}
