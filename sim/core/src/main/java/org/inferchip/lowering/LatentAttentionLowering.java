package org.inferchip.lowering;

import static org.inferchip.lowering.LoweredStep.CACHE;
import static org.inferchip.lowering.LoweredStep.POSITIONS;
import static org.inferchip.lowering.LoweredStep.SLOTS;

import java.util.Collections;
import java.util.List;
import org.inferchip.model.LatentAttention;
import org.inferchip.model.LayerShape;
import org.inferchip.model.Model;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.program.TensorRef.Role;

/**
 * Multi-head latent attention of a layer. Decode absorbs the up-projections into queries and
 * outputs and attends over the latent itself (one kv head of {@code kv_lora_rank + rope} with
 * values of {@code kv_lora_rank}); prefill rebuilds keys and values of its whole context and
 * attends head by head. The latent is not split over devices.
 */
final class LatentAttentionLowering {
  private final Model model;
  private final LatentAttention mla;
  private final Numbers numbers;
  private final Emitter emitter;
  private final int heads;

  LatentAttentionLowering(
      final Model model, final Split split, final Numbers numbers, final Emitter emitter) {
    this.model = model;
    this.mla = model.mla().orElseThrow();
    this.numbers = numbers;
    this.emitter = emitter;
    this.heads = split.part(model.numAttentionHeads());
  }

  void add(final LayerShape shape, final StepShape step, final List<Call> calls) {
    final int tokens = step.tokens();
    queries(tokens, calls);
    emitter.project(
        "kv_a_proj",
        List.of(tokens),
        mla.cachedElements(),
        model.hiddenSize(),
        shape.matrix("kv_a_proj").bias(),
        View.of(LoweredStep.NORMED),
        View.of("latent"),
        calls);
    calls.add(
        Call.of(latentNorm("latent_norm", tokens, mla.kvLoraRank()))
            .with(Role.INPUT, new View("latent", 0, mla.kvLoraRank()))
            .with(Role.WEIGHT, "latent_norm")
            .with(Role.OUTPUT, new View("latent", 0, mla.kvLoraRank()))
            .call());
    final Elementwise rope =
        emitter.elementwise(
            "rope",
            Elementwise.Kind.ROPE,
            tokens,
            (heads + 1) * mla.qkRopeHeadDim(),
            mla.qkRopeHeadDim());
    calls.add(
        Call.of(rope)
            .with(Role.INPUT, "rotary_parts")
            .with(Role.INDEX, POSITIONS)
            .with(Role.OUTPUT, "rotary_parts")
            .call());
    final Elementwise write =
        new Elementwise(
            "kv_write",
            Elementwise.Kind.KV_WRITE,
            tokens,
            mla.cachedElements(),
            0,
            numbers.activations(),
            numbers.cache());
    calls.add(
        Call.of(write)
            .with(Role.INPUT, "latent")
            .with(Role.INDEX, SLOTS)
            .with(Role.OUTPUT, CACHE)
            .call());
    prefill(step.prefill(), calls);
    decode(step.decode(), calls);
    emitter.project(
        "o_proj",
        List.of(tokens),
        model.hiddenSize(),
        heads * mla.vHeadDim(),
        shape.matrix("o_proj").bias(),
        View.of("attended"),
        View.of("attention_delta"),
        calls);
  }

  private void queries(final int tokens, final List<Call> calls) {
    final int width = heads * mla.qkHeadDim();
    if (mla.qLoraRank() == 0) {
      emitter.project(
          "q_proj",
          List.of(tokens),
          width,
          model.hiddenSize(),
          false,
          View.of(LoweredStep.NORMED),
          View.of("queries"),
          calls);
      return;
    }
    emitter.project(
        "q_a_proj",
        List.of(tokens),
        mla.qLoraRank(),
        model.hiddenSize(),
        false,
        View.of(LoweredStep.NORMED),
        View.of("query_latent"),
        calls);
    calls.add(
        Call.of(latentNorm("query_norm", tokens, mla.qLoraRank()))
            .with(Role.INPUT, "query_latent")
            .with(Role.WEIGHT, "query_norm")
            .with(Role.OUTPUT, "query_latent")
            .call());
    emitter.project(
        "q_b_proj",
        List.of(tokens),
        width,
        mla.qLoraRank(),
        false,
        View.of("query_latent"),
        View.of("queries"),
        calls);
  }

  private Elementwise latentNorm(final String name, final int tokens, final int width) {
    return emitter.elementwise(name, Elementwise.Kind.RMS_NORM, tokens, width, 0);
  }

  private void prefill(final List<Attention.Sequence> sequences, final List<Call> calls) {
    if (sequences.isEmpty()) {
      return;
    }
    final int context = sequences.stream().mapToInt(Attention.Sequence::context).sum();
    emitter.project(
        "kv_b_proj",
        List.of(context),
        heads * (mla.qkNopeHeadDim() + mla.vHeadDim()),
        mla.kvLoraRank(),
        false,
        View.of(CACHE),
        View.of("rebuilt"),
        calls);
    final Attention attention =
        new Attention(
            "attention_prefill",
            sequences,
            heads,
            heads,
            mla.qkHeadDim(),
            mla.vHeadDim(),
            0,
            true,
            numbers.activations(),
            numbers.activations());
    calls.add(
        Call.of(attention)
            .with(Role.INPUT, "queries")
            .with(Role.KEY, "rebuilt")
            .with(Role.VALUE, "rebuilt")
            .with(Role.OUTPUT, "attended")
            .call());
  }

  private void decode(final List<Attention.Sequence> sequences, final List<Call> calls) {
    if (sequences.isEmpty()) {
      return;
    }
    final List<Integer> rows = Collections.nCopies(heads, sequences.size());
    emitter.project(
        MatMul.Q_ABSORB,
        rows,
        mla.kvLoraRank(),
        mla.qkNopeHeadDim(),
        false,
        View.of("queries"),
        View.of("absorbed"),
        calls);
    final Attention attention =
        new Attention(
            "attention_decode",
            sequences,
            heads,
            1,
            mla.cachedElements(),
            mla.kvLoraRank(),
            0,
            true,
            numbers.activations(),
            numbers.cache());
    calls.add(
        Call.of(attention)
            .with(Role.INPUT, "absorbed")
            .with(Role.KEY, CACHE)
            .with(Role.VALUE, new View(CACHE, 0, mla.kvLoraRank()))
            .with(Role.OUTPUT, "attended_latent")
            .call());
    emitter.project(
        MatMul.V_ABSORB,
        rows,
        mla.vHeadDim(),
        mla.kvLoraRank(),
        false,
        View.of("attended_latent"),
        View.of("attended"),
        calls);
  }
}
